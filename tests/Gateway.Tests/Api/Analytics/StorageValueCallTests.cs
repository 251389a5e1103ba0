using Microsoft.Extensions.Time.Testing;
using OptiBid.Gateway.Tests.Fakes;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Api.Analytics;

public class StorageValueCallTests
{
    private const string Path = "/api/v1/analytics/storage-value?zone=PJM&location=";

    // The autumn change and the day after, of which only three hours are there.
    private static readonly DateTimeOffset Autumn = new(2026, 11, 1, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Get_DayAhead_GivesEachMarketDayAndTheirSummary()
    {
        await using var gateway = await GatewayHost.StartAsync(Fill);
        var answer = await gateway.GetAsync(Path + "WESTERN%20HUB&hours=2&start=2026-11-01T00:00:00Z&end=2026-11-03T12:00:00Z");
        Assert.Equal("PJM A WESTERN HUB DAY_AHEAD_HOURLY 2 America/New_York",
            string.Join(' ', new[] { "market_zone", "location", "location_name", "price_type", "hours", "timezone" }.Select(name => $"{answer[name]}")));

        var days = answer["days"]!.AsArray();
        Assert.Equal(["2026-11-01 25 25 23 46", "2026-11-02 24 3  ", "2026-11-03 24 24 22 44"],
            days.Select(day => $"{day!["date"]} {day["hours_in_day"]} {day["hours_with_price"]} {day["value"]} {day["total"]}"));
        Assert.Equal(["2026-11-02T03:00:00Z 23", "2026-11-02T04:00:00Z 24"], days[0]!["top"]!.AsArray().Select(hour => $"{hour!["timestamp"]} {hour["price"]}"));
        Assert.Equal(["2026-11-01T04:00:00Z 0", "2026-11-01T05:00:00Z 1"], days[0]!["bottom"]!.AsArray().Select(hour => $"{hour!["timestamp"]} {hour["price"]}"));
        Assert.Equal(("2026-11-02T05:00:00Z", 1, 0.125), ((string?)days[0]!["end"], (double)days[0]!["coverage"]!, (double)days[1]!["coverage"]!));
        Assert.True(days[1]!.AsObject().TryGetPropertyValue("value", out var none) && none is null);

        var summary = answer["summary"]!;
        Assert.Equal("2 1 22.5 22.5 22 23", string.Join(' ', summary.AsObject().Select(field => $"{field.Value}")));
    }

    [Fact]
    public async Task Get_FiveMinutes_AreAveragedToHoursFirst()
    {
        await using var gateway = await GatewayHost.StartAsync(history => history.Add(
            Enumerable.Range(0, 24).Select(i => Ticks.Tick("A", i % 12 == 0 ? 120 : i < 12 ? 0 : 12, i))));
        var day = (await gateway.GetAsync(Path + "A&hours=1&price_type=real_time_5_min&start=2026-11-22T05:00:00Z&end=2026-11-22T06:00:00Z"))["days"]!.AsArray().Single()!;

        // Hours of 10 and 21: no single interval of 120 counts as one.
        Assert.Equal((21, 10, 11), ((double)day["top_average"]!, (double)day["bottom_average"]!, (double)day["value"]!));
        Assert.Equal(2 / 24d, (double)day["coverage"]!, 12);
    }

    [Fact]
    public async Task Get_NothingInTheRange_IsDaysWithoutAValue()
    {
        await using var gateway = await GatewayHost.StartAsync(Fill, clock: new FakeTimeProvider(Autumn.AddDays(100)));
        var answer = await gateway.GetAsync(Path + "A");
        Assert.Equal(30, answer["days"]!.AsArray().Count);
        Assert.Equal("0 30    ", string.Join(' ', answer["summary"]!.AsObject().Select(field => $"{field.Value}")));

        answer = await gateway.GetAsync(Path + "A&start=2026-11-01T05:00:00Z&end=2026-11-01T06:00:00Z");
        Assert.Empty(answer["days"]!.AsArray());
    }

    [Theory]
    [InlineData("A&hours=0", "hours")]
    [InlineData("A&hours=13", "hours")]
    [InlineData("A&hours=four", "hours")]
    [InlineData("A&price_type=SPOT", "price_type")]
    [InlineData("A&price_type=DAY_AHEAD_HOURLY&price_type=REAL_TIME_5_MIN", "price_type")]
    [InlineData("A&start=2025-11-01T00:00:00Z&end=2026-11-03T00:00:00Z", "end")]
    [InlineData("A&start=2026-11-01", "start")]
    [InlineData("A&n=4", "n")]
    [InlineData("", "location")]
    public async Task Get_ParameterWrong_IsRefusedByName(string query, string field)
    {
        await using var gateway = await GatewayHost.StartAsync();
        Assert.Equal(field, (string?)(await gateway.GetAsync(Path + query, 400))["field"]);
    }

    [Fact]
    public async Task Get_NotToBeHad_SaysWhy()
    {
        const string Range = "&start=2026-11-01T00:00:00Z&end=2026-11-03T12:00:00Z";
        await using var gateway = await GatewayHost.StartAsync(Fill, settings: new() { ["Connectors:MISO:Publish"] = "false" });
        Assert.Equal("urn:optibid:problem:unknown-location", (string?)(await gateway.GetAsync(Path + "nowhere" + Range, 404))["type"]);
        Assert.Equal("zone", (string?)(await gateway.GetAsync("/api/v1/analytics/storage-value?zone=MISO&location=A" + Range, 403))["field"]);

        // Of another type and in no directory, yet there.
        var other = await gateway.GetAsync(Path + "B&price_type=REAL_TIME_HOURLY" + Range);
        Assert.Equal(3, (int)other["summary"]!["days_without_value"]!);

        gateway.History.MostPricesRead = 10;
        Assert.Equal("urn:optibid:problem:too-many-prices", (string?)(await gateway.GetAsync(Path + "A" + Range, 422))["type"]);
        gateway.History.IsAway = true;
        Assert.Equal("urn:optibid:problem:history-unavailable", (string?)(await gateway.GetAsync(Path + "A" + Range, 503))["type"]);
        Assert.Equal(0, gateway.History.OpenReads);
    }

    private static void Fill(MemoryHistory history)
    {
        history.Add(new MarketLocation(new LocationId(MarketZone.PJM, "A"), "WESTERN HUB", LocationType.Hub));
        history.Add(Prices(Autumn, 25).Concat(Prices(Autumn.AddHours(25), 3)).Concat(Prices(Autumn.AddHours(49), 24)));
        history.Add(Prices(Autumn, 1).Select(tick => tick with { Location = "B" }));
    }

    private static IEnumerable<PriceTick> Prices(DateTimeOffset start, int hours) =>
        Enumerable.Range(0, hours).Select(i => Ticks.Tick("A", i, type: PriceType.DayAheadHourly) with { Timestamp = start.AddHours(i) });
}
