using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Gateway.Tests.Security;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Api.Zones;

public sealed class ZonesCallsTests
{
    private readonly FakeTimeProvider _clock = new(Ticks.Noon.AddMinutes(16));

    private static JsonNode Zone(JsonNode answer, string zone) => Assert.Single(answer["items"]!.AsArray(), item => (string?)item!["market_zone"] == zone)!;

    private static FeedQuality Row(int hour, string feed = "test:feed", MarketZone zone = MarketZone.PJM) => new()
    {
        Zone = zone, Feed = feed, PriceType = PriceType.RealTime5Min, Hour = Ticks.Noon.AddHours(hour), Expected = 24, Received = 24, CalculatedAt = Ticks.Noon.AddMinutes(15),
    };

    private static QualityEvent Finding(int minute, MarketZone zone = MarketZone.PJM, QualityKind kind = QualityKind.Spike) => new()
    {
        Id = $"{zone}{minute}", Zone = zone, Location = "A", PriceType = PriceType.RealTime5Min, Kind = kind, Severity = QualitySeverity.Info,
        Timestamp = Ticks.Noon, ObservedAt = Ticks.Noon.AddMinutes(minute), Value = 900, Message = "far off",
    };

    [Fact]
    public async Task Summary_ZonesInEveryState_TellsWhatIsKnownAndNullForTheRest()
    {
        await using var gateway = await GatewayHost.StartAsync(clock: _clock);
        gateway.Feed.Push(
            Ticks.Update("A", 10, 1) with { Volatility24h = 2 }, Ticks.Update("B", -30, 0) with { Volatility24h = 4 }, Ticks.Update("A", 99, 0, type: PriceType.DayAheadHourly),
            Ticks.Update("C", 7, -12, MarketZone.ERCOT));
        gateway.Zones.Connectors[MarketZone.PJM] = new() { Zone = MarketZone.PJM, Feeds = [], Load = 83_100, LoadForecast = 83_211, RenewablePercentage = 8.4 };
        gateway.Zones.Connectors[MarketZone.CAISO] = new() { Zone = MarketZone.CAISO, Feeds = [new() { Feed = "caiso:prc_lmp" }] };
        gateway.Zones.Present[MarketZone.PJM] = new([Row(0) with { Received = 12 }, Row(-1) with { Received = 1 }, Row(0, "other") with { Received = 23 }], true, Ticks.Noon);
        await Eventually.TrueAsync(() => gateway.Prices.LocationCount == 3, "prices are shown");

        var answer = await gateway.GetAsync("/api/v1/summary");

        Assert.Equal(7, answer["items"]!.AsArray().Count);
        var pjm = Zone(answer, "PJM");
        Assert.Equal(("LIVE", "REAL_TIME_5_MIN", 2, -10, -30, 10), ((string)pjm["status"]!, (string)pjm["price_type"]!, (int)pjm["locations"]!, (double)pjm["average_price"]!, (double)pjm["min_price"]!, (double)pjm["max_price"]!));
        Assert.Equal((3, 360, 50, 8.4, 83_211), ((double)pjm["volatility"]!, (double)pjm["freshness_seconds"]!, (double)pjm["completeness"]!, (double)pjm["renewable_percentage"]!, (double)pjm["load_forecast"]!));
        Assert.Equal("STALE", (string?)Zone(answer, "ERCOT")["status"]);
        Assert.Equal("WAITING", (string?)Zone(answer, "CAISO")["status"]);
        var off = Zone(answer, "SPP").AsObject();
        Assert.Equal(("OFF", 0), ((string)off["status"]!, (int)off["locations"]!));
        Assert.All(off.Where(field => field.Key is not ("market_zone" or "status" or "locations")), field => Assert.Null(field.Value));

        gateway.Zones.ClusterIsAway = true;
        var alone = await gateway.GetAsync("/api/v1/summary");
        Assert.Equal(("LIVE", -10), ((string)Zone(alone, "PJM")["status"]!, (double)Zone(alone, "PJM")["average_price"]!));
        Assert.Null(Zone(alone, "PJM")["completeness"]);
        Assert.Null(Zone(alone, "SPP")["status"]);
    }

    [Fact]
    public async Task Metrics_AgreeWithTheLivePrices()
    {
        await using var gateway = await GatewayHost.StartAsync(clock: _clock);
        var random = new Random(7);
        PriceUpdate[] updates = [.. Enumerable.Range(0, 40).Select(i => Ticks.Update($"L{i:00}", random.Next(-50, 200), i % 10 == 0 ? 0 : 1, change: random.Next(-30, 30)))];
        gateway.Feed.Push(updates);
        await Eventually.TrueAsync(() => gateway.Prices.LocationCount == 40, "prices are shown");

        var live = (await gateway.GetAsync("/api/v1/prices/live?zone=PJM&limit=1000"))["items"]!.AsArray().Select(price => (double)price!["price"]!).ToList();
        var pjm = Assert.Single((await gateway.GetAsync("/api/v1/metrics/current?zone=PJM"))["items"]!.AsArray())!;

        Assert.Equal((40, 36), ((int)pjm["locations"]!, (int)pjm["data_points"]!));
        Assert.Equal((Math.Round(live.Average(), 9), live.Min(), live.Max()), (Math.Round((double)pjm["average_price"]!, 9), (double)pjm["min_price"]!, (double)pjm["max_price"]!));
        var newest = updates.Where(update => update.Tick.Timestamp > Ticks.Noon).Select(update => update.Change!.Value).ToList();
        Assert.Equal(newest.Order().Take(5), pjm["fallen"]!.AsArray().Select(mover => (double)mover!["change"]!));
        Assert.Equal(newest.OrderDescending().Take(5), pjm["risen"]!.AsArray().Select(mover => (double)mover!["change"]!));
        Assert.Empty((await gateway.GetAsync("/api/v1/metrics/current?zone=SPP"))["items"]!.AsArray());
        Assert.Equal("zone", (string?)(await gateway.GetAsync("/api/v1/metrics/current?zone=MARS", 400))["field"]);
    }

    [Fact]
    public async Task Quality_PresentGoesBeforeWrittenAndWhatIsAwayIsNamed()
    {
        await using var gateway = await GatewayHost.StartAsync(clock: _clock);
        gateway.Zones.Past.AddRange([Row(0) with { Received = 1 }, Row(-1), Row(-30), Row(-1, zone: MarketZone.CAISO)]);
        gateway.Zones.Present[MarketZone.PJM] = new([Row(0) with { Received = 20, Spikes = 3 }], true, Ticks.Noon);

        var answer = await gateway.GetAsync("/api/v1/quality?zone=PJM");
        Assert.Null(answer["unknown"]);
        Assert.Equal([(20, 83.33, 3), (24, 100, 0)], answer["items"]!.AsArray().Select(row => ((int)row!["received"]!, (double)row["completeness"]!, (int)row["spikes"]!)));
        Assert.Equal(3, (await gateway.GetAsync("/api/v1/quality?zone=PJM&hours=48"))["items"]!.AsArray().Count);
        Assert.Single((await gateway.GetAsync("/api/v1/quality?zone=PJM&hours=1"))["items"]!.AsArray());
        Assert.Equal("hours", (string?)(await gateway.GetAsync("/api/v1/quality?hours=169", 400))["field"]);

        gateway.Zones.HistoryIsAway = true;
        var present = await gateway.GetAsync("/api/v1/quality?zone=PJM");
        Assert.Equal(["past"], present["unknown"]!.AsArray().Select(part => (string)part!));
        Assert.Single(present["items"]!.AsArray());

        (gateway.Zones.HistoryIsAway, gateway.Zones.ClusterIsAway) = (false, true);
        var past = await gateway.GetAsync("/api/v1/quality?zone=PJM");
        Assert.Equal(["present"], past["unknown"]!.AsArray().Select(part => (string)part!));
        Assert.Equal(2, past["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Quality_HistoryThatHangs_IsGivenUpSoon()
    {
        await using var gateway = await GatewayHost.StartAsync(clock: _clock);
        gateway.Zones.HistoryHangs = true;
        var asked = gateway.GetAsync("/api/v1/quality");
        await Eventually.TrueAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                return asked.IsCompleted;
            },
            "an answer comes");
        Assert.Equal(["past"], (await asked)["unknown"]!.AsArray().Select(part => (string)part!));
    }

    [Fact]
    public async Task Events_FilteredAndPaged_FollowOneAnother()
    {
        await using var gateway = await GatewayHost.StartAsync(clock: _clock);
        gateway.Zones.Findings.AddRange([.. Enumerable.Range(0, 5).Select(i => Finding(i)), Finding(3, MarketZone.ERCOT, QualityKind.Gap)]);

        List<string> ids = [];
        string? cursor = null;
        do
        {
            var page = await gateway.GetAsync($"/api/v1/quality/events?zone=PJM&limit=2{(cursor is null ? "" : "&cursor=" + cursor)}");
            ids.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            cursor = (string?)page["next_cursor"];
        }
        while (cursor is not null);

        Assert.Equal(gateway.Zones.Findings.Where(finding => finding.Zone == MarketZone.PJM).OrderByDescending(finding => finding.ObservedAt).Select(finding => finding.Id), ids);
        Assert.Equal("GAP", (string?)Assert.Single((await gateway.GetAsync("/api/v1/quality/events?kind=gap"))["items"]!.AsArray())!["kind"]);
        Assert.Equal("invalid-cursor", ((string)(await gateway.GetAsync("/api/v1/quality/events?cursor=x", 400))["type"]!).Split(':')[^1]);
        Assert.Equal("from", (string?)(await gateway.GetAsync("/api/v1/quality/events?from=2026-11-23T00:00:00Z&to=2026-11-22T00:00:00Z", 400))["field"]);
        gateway.Zones.HistoryIsAway = true;
        Assert.DoesNotContain("db-host", (await gateway.GetAsync("/api/v1/quality/events", 503)).ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 401, 200)]
    [InlineData("viewer", 403, 200)]
    [InlineData("operator", 200, 200)]
    public async Task Access_ByRole_FindingsAreForOperatorsAndZonesForThoseWhoMaySeeThem(string? role, int events, int quality)
    {
        await using var gateway = await GatewayHost.StartAsync(
            settings: new()
            {
                ["Security:Authority"] = IssuedTokens.Issuer, ["Security:Audience"] = IssuedTokens.Audience, ["Security:AllowAnonymous"] = "true", ["Connectors:PJM:Publish"] = "false",
            },
            environment: "Production", services: services => services.AcceptIssuedTokens());
        if (role is not null) gateway.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", IssuedTokens.Create(IssuedTokens.Audience, DateTime.UtcNow.AddMinutes(5), role, "ann"));

        await gateway.GetAsync("/api/v1/quality/events", events);
        await gateway.GetAsync("/api/v1/quality", quality);
        Assert.Equal(role is not null, (await gateway.GetAsync("/api/v1/summary"))["items"]!.AsArray().Any(item => (string?)item!["market_zone"] == "PJM"));
        await gateway.GetAsync("/api/v1/metrics/current?zone=PJM", role is null ? 403 : 200);
        await gateway.GetAsync("/api/v1/quality?zone=PJM", role is null ? 403 : 200);
    }
}
