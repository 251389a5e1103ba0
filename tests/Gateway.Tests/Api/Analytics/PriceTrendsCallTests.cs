using System.Text.Json.Nodes;

namespace OptiBid.Gateway.Tests.Api.Analytics;

[Collection(nameof(AnalyticsTests))]
public class PriceTrendsCallTests(AnalyticsFixture analytics)
{
    private const string Path = "/api/v1/analytics/price-trends";
    private const string Days = "\"price_type\":\"DAY_AHEAD_HOURLY\",\"bucket\":\"1d\",\"start\":\"2026-11-01T04:00:00Z\",\"end\":\"2026-11-04T05:00:00Z\"";

    [Fact]
    public async Task Post_DaysAroundTheChangeOfTheClock_GivesEachAndTheRange()
    {
        var trend = await OneAsync("\"zones\":[\"PJM\"],\"locations\":[\"WESTERN HUB\"],\"moving_average\":2," + Days);
        Assert.Equal("PJM A WESTERN HUB America/New_York", string.Join(' ', new[] { "market_zone", "location", "location_name", "timezone" }.Select(name => $"{trend[name]}")));

        // Averages of 0 to 24, of 0 to 2 and of 0 to 23.
        var buckets = trend["buckets"]!.AsArray();
        Assert.Equal(["2026-11-01T04:00:00Z 12 0 24  ", "2026-11-02T05:00:00Z 1 0 2 -11 6.5", "2026-11-03T05:00:00Z 11.5 0 23 10.5 6.25"],
            buckets.Select(bucket => $"{bucket!["timestamp"]} {bucket["average"]} {bucket["min"]} {bucket["max"]} {bucket["change"]} {bucket["moving_average"]}"));
        Assert.Equal(("2026-11-02T05:00:00Z", 25, 1, 1), ((string?)buckets[0]!["end"], (int)buckets[0]!["data_points"]!, (double)buckets[0]!["coverage"]!, (double)buckets[1]!["standard_deviation"]!));
        Assert.Equal(-0.5, (double)trend["total_change"]!);

        // Sunday the 1st is off-peak, Monday has only the night, Tuesday has hours ending 08 to 23.
        Assert.Equal((16, 25 + 3 + 8), ((int)trend["peak_hours"]!, (int)trend["off_peak_hours"]!));
        Assert.Equal(14.5, (double)trend["peak_average"]!);
        Assert.Equal((300 + 3 + (276 - 232)) / 36d, (double)trend["off_peak_average"]!, 12);
    }

    [Fact]
    public async Task Post_NoZones_GivesThoseThatHaveTheLocation()
    {
        var answer = await analytics.Gateway.PostAsync(Path, $"{{\"locations\":[\"A\",\"B\",\"A\"],{Days}}}");
        Assert.Equal(["PJM/A", "PJM/B"], answer["trends"]!.AsArray().Select(trend => $"{trend!["market_zone"]}/{trend["location"]}"));
        var b = answer["trends"]![1]!;
        Assert.Equal(3, b["buckets"]!.AsArray().Count);
        Assert.Equal("0  ", string.Join(' ', b["buckets"]!.AsArray().Select(bucket => $"{bucket!["average"]}")));
        Assert.True(b.AsObject().TryGetPropertyValue("slope", out var slope) && slope is null);
        Assert.Null(b["buckets"]![0]!["moving_average"]);
    }

    [Fact]
    public async Task Post_NothingInTheRange_IsAnEmptyTrend()
    {
        var trend = await OneAsync("\"locations\":[\"A\"],\"price_type\":\"REAL_TIME_HOURLY\",\"bucket\":\"1h\",\"start\":\"2026-11-01T00:00:00Z\",\"end\":\"2026-11-02T00:00:00Z\"");
        Assert.Empty(trend["buckets"]!.AsArray());
        Assert.Equal("  0 0", string.Join(' ', new[] { "slope", "peak_average", "peak_hours", "off_peak_hours" }.Select(name => $"{trend[name]}")));
    }

    [Fact]
    public async Task Post_TooManyBuckets_Is422()
    {
        const string FiveMinutes = "\"price_type\":\"DAY_AHEAD_HOURLY\",\"bucket\":\"5m\",\"start\":\"2026-10-01T00:00:00Z\",\"end\":\"2026-12-01T00:00:00Z\"";
        var problem = await analytics.Gateway.PostAsync(Path, $"{{\"locations\":[\"A\"],{FiveMinutes}}}", 422);
        Assert.Equal(("urn:optibid:problem:too-many-buckets", 10_000), ((string?)problem["type"], (int)problem["most"]!));
        Assert.Equal(0, analytics.Gateway.History.OpenReads);
    }

    [Theory]
    [InlineData("\"locations\":[\"A\"]", "price_type", "start,end,bucket")]
    [InlineData(Days, "locations", "")]
    [InlineData("\"locations\":[]," + Days, "locations", "")]
    [InlineData("\"locations\":[\"A\"],\"moving_average\":1," + Days, "moving_average", "")]
    [InlineData("\"locations\":[\"A\"],\"moving_average\":\"7\"," + Days, "moving_average", "")]
    [InlineData("\"locations\":[\"A\"],\"resample\":\"1d\"," + Days, "resample", "")]
    [InlineData("\"locations\":[\"A\"],\"price_type\":\"DAY_AHEAD_HOURLY\",\"bucket\":\"often\",\"start\":\"2026-11-01T00:00:00Z\",\"end\":\"2026-11-02T00:00:00Z\"", "bucket", "")]
    public async Task Post_FieldWrong_IsRefusedByName(string body, string field, string orOneOf) =>
        Assert.Contains((string?)(await analytics.Gateway.PostAsync(Path, $"{{{body}}}", 400))["field"], orOneOf.Split(',').Append(field));

    [Fact]
    public async Task Post_NotToBeHad_SaysWhy()
    {
        var problem = await analytics.Gateway.PostAsync(Path, $"{{\"locations\":[\"A\",\"nowhere\"],{Days}}}", 404);
        Assert.Equal(("urn:optibid:problem:unknown-location", "nowhere"), ((string?)problem["type"], (string?)problem["value"]));
        await analytics.Gateway.PostAsync(Path, $"{{\"zones\":[\"MISO\"],\"locations\":[\"A\"],{Days}}}", 403);
        await analytics.Gateway.PostAsync(Path + "?limit=5", $"{{\"locations\":[\"A\"],{Days}}}", 400);
    }

    [Fact]
    public async Task Post_TheExampleOfTheDocument_IsUnderstood()
    {
        var paths = (await analytics.Gateway.GetAsync("/openapi/v1.json"))["paths"]!;
        var example = paths[Path]!["post"]!["requestBody"]!["content"]!["application/json"]!["example"]!.ToJsonString();
        Assert.Equal("unknown-location", ((string?)(await analytics.Gateway.PostAsync(Path, example, 404))["type"])!.Split(':')[^1]);
    }

    private async Task<JsonNode> OneAsync(string body) =>
        (await analytics.Gateway.PostAsync(Path, $"{{{body}}}"))["trends"]!.AsArray().Single()!;
}
