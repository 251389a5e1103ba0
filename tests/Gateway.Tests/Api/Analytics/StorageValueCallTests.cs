namespace OptiBid.Gateway.Tests.Api.Analytics;

[Collection(nameof(AnalyticsTests))]
public class StorageValueCallTests(AnalyticsFixture analytics)
{
    private const string Path = "/api/v1/analytics/storage-value?zone=PJM&location=";

    [Fact]
    public async Task Get_DayAhead_GivesEachMarketDayAndTheirSummary()
    {
        var gateway = analytics.Gateway;
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
        var day = (await analytics.Gateway.GetAsync(Path + "C&hours=1&price_type=real_time_5_min&start=2026-11-22T05:00:00Z&end=2026-11-22T06:00:00Z"))["days"]!.AsArray().Single()!;

        // Hours of 10 and 21: no single interval of 120 counts as one.
        Assert.Equal((21, 10, 11), ((double)day["top_average"]!, (double)day["bottom_average"]!, (double)day["value"]!));
        Assert.Equal(2 / 24d, (double)day["coverage"]!, 12);
    }

    [Fact]
    public async Task Get_NothingInTheRange_IsDaysWithoutAValue()
    {
        var gateway = analytics.Gateway;
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
        Assert.Equal(field, (string?)(await analytics.Gateway.GetAsync(Path + query, 400))["field"]);
    }

    [Fact]
    public async Task Get_NotToBeHad_SaysWhy()
    {
        const string Range = "&start=2026-11-01T00:00:00Z&end=2026-11-03T12:00:00Z";
        var gateway = analytics.Gateway;
        Assert.Equal("urn:optibid:problem:unknown-location", (string?)(await gateway.GetAsync(Path + "nowhere" + Range, 404))["type"]);
        Assert.Equal("zone", (string?)(await gateway.GetAsync("/api/v1/analytics/storage-value?zone=MISO&location=A" + Range, 403))["field"]);

        // Of another type and in no directory, yet there.
        var other = await gateway.GetAsync(Path + "B&price_type=REAL_TIME_HOURLY" + Range);
        Assert.Equal(3, (int)other["summary"]!["days_without_value"]!);
    }
}
