using System.Text.Json.Nodes;

namespace OptiBid.Gateway.Tests.Api.Analytics;

[Collection(nameof(AnalyticsTests))]
public class SpreadsCallTests(AnalyticsFixture analytics)
{
    private const string Path = "/api/v1/analytics/spreads?start=2026-11-22T00:00:00Z&end=2026-11-23T00:00:00Z&zone=PJM&location=";

    [Fact]
    public async Task Dart_IsDayAheadMinusTheMeanOfWholeHours()
    {
        var gateway = analytics.Gateway;
        var answer = await gateway.GetAsync(Path + "A&kind=DART");
        Assert.Equal("dart DAY_AHEAD_HOURLY A REAL_TIME_5_MIN 1",
            string.Join(' ', new[] { "kind", "price_type", "reference_location", "reference_price_type", "incomplete" }.Select(name => $"{answer[name]}")));

        // Of three day-ahead hours the third has only five real-time prices.
        Assert.Equal(["2026-11-22T12:00:00Z 4.5 10 5.5", "2026-11-22T13:00:00Z -6.5 11 17.5"],
            answer["items"]!.AsArray().Select(item => $"{item!["timestamp"]} {item["spread"]} {item["price"]} {item["reference"]}"));
        var statistics = answer["statistics"]!;
        Assert.Equal((2, -1, -6.5, 4.5, 0.5, -1), ((int)statistics["count"]!, (double)statistics["mean"]!, (double)statistics["min"]!, (double)statistics["max"]!, (double)statistics["positive_share"]!, (double)statistics["quantile_50"]!));
        Assert.Equal(11 / Math.Sqrt(2), (double)statistics["standard_deviation"]!, 12);
        Assert.Equal((-5.95, 3.95), (Math.Round((double)statistics["quantile_5"]!, 9), Math.Round((double)statistics["quantile_95"]!, 9)));
    }

    [Fact]
    public async Task Basis_IsTheLocationMinusItsHub()
    {
        var gateway = analytics.Gateway;
        var answer = await gateway.GetAsync(Path + "NODE&kind=basis&price_type=REAL_TIME_5_MIN");
        Assert.Equal("A REAL_TIME_5_MIN", $"{answer["reference_location"]} {answer["reference_price_type"]}");
        Assert.Equal(["2026-11-22T12:00:00Z -2 -2 0", "2026-11-22T12:10:00Z -2 0 2"],
            answer["items"]!.AsArray().Select(item => $"{item!["timestamp"]} {item["spread"]} {item["price"]} {item["reference"]}"));
        Assert.Equal((0, 0), ((double)answer["statistics"]!["standard_deviation"]!, (double)answer["statistics"]!["positive_share"]!));
    }

    [Theory]
    [InlineData("A")]
    [InlineData("LONE")]
    public async Task Basis_WithoutAHub_Is422(string location)
    {
        var gateway = analytics.Gateway;
        var problem = await gateway.GetAsync(Path + location + "&kind=basis", 422);
        Assert.Equal(("urn:optibid:problem:no-hub", "location", location), ((string?)problem["type"], (string?)problem["field"], (string?)problem["value"]));
    }

    [Fact]
    public async Task Resample_GathersByTheMarketsClock()
    {
        var gateway = analytics.Gateway;
        var item = (await gateway.GetAsync(Path + "A&kind=dart&resample=1d"))["items"]!.AsArray().Single()!;
        Assert.Equal("2026-11-22T05:00:00Z 2026-11-23T05:00:00Z -1 2", $"{item["timestamp"]} {item["end"]} {item["spread"]} {item["data_points"]}");
        Assert.Equal(2 / 24d, (double)item["coverage"]!, 12);
    }

    [Fact]
    public async Task Pages_CoverTheSeriesOnceAndEachHasTheStatisticsOfAll()
    {
        var gateway = analytics.Gateway;
        foreach (var resample in new[] { "", "&resample=10m" })
        {
            var path = Path + "N&kind=basis&price_type=REAL_TIME_5_MIN" + resample;
            var whole = await gateway.GetAsync(path);
            Assert.False(whole.AsObject().ContainsKey("next_cursor"));
            var items = new List<string>();
            JsonNode page;
            for (var next = ""; ; next = "&cursor=" + page["next_cursor"])
            {
                page = await gateway.GetAsync(path + "&limit=4" + next);
                items.AddRange(page["items"]!.AsArray().Select(item => item!.ToJsonString()));
                Assert.Equal(whole["statistics"]!.ToJsonString(), page["statistics"]!.ToJsonString());
                if (page["next_cursor"] is null) break;
                Assert.Equal(4, page["items"]!.AsArray().Count);
            }

            Assert.Equal(whole["items"]!.AsArray().Select(item => item!.ToJsonString()), items);
            Assert.Equal(resample.Length == 0 ? 25 : 13, items.Count);
        }

        var cursor = (string?)(await gateway.GetAsync(Path + "N&kind=basis&price_type=REAL_TIME_5_MIN&limit=4"))["next_cursor"];
        Assert.Equal("cursor", (string?)(await gateway.GetAsync(Path + "N&kind=dart&limit=4&cursor=" + cursor, 400))["field"]);
    }

    [Fact]
    public async Task Get_NothingInTheRange_IsAnEmptySeriesWithNullStatistics()
    {
        var gateway = analytics.Gateway;
        foreach (var query in new[] { "kind=dart", "kind=dart&resample=1mo", "kind=basis" })
        {
            var answer = await gateway.GetAsync("/api/v1/analytics/spreads?zone=PJM&location=NODE&start=2026-01-01T00:00:00Z&end=2026-02-01T00:00:00Z&" + query);
            Assert.Empty(answer["items"]!.AsArray());
            Assert.Equal("0", string.Concat(answer["statistics"]!.AsObject().Select(field => $"{field.Value}")));
            Assert.Equal(9, answer["statistics"]!.AsObject().Count);
        }
    }

    [Theory]
    [InlineData("A", "kind")]
    [InlineData("A&kind=crack", "kind")]
    [InlineData("A&kind=dart&price_type=DAY_AHEAD_HOURLY", "price_type")]
    [InlineData("A&kind=dart&resample=often", "resample")]
    [InlineData("A&kind=dart&limit=0", "limit")]
    [InlineData("A&kind=dart&cursor=x", "cursor")]
    [InlineData("A&kind=dart&hub=A", "hub")]
    public async Task Get_ParameterWrong_IsRefusedByName(string query, string field)
    {
        var gateway = analytics.Gateway;
        Assert.Equal(field, (string?)(await gateway.GetAsync(Path + query, 400))["field"]);
    }

    [Fact]
    public async Task Get_NotToBeHad_SaysWhy()
    {
        var gateway = analytics.Gateway;
        Assert.Equal("urn:optibid:problem:unknown-location", (string?)(await gateway.GetAsync(Path + "nowhere&kind=dart", 404))["type"]);
        await gateway.GetAsync("/api/v1/analytics/spreads?zone=MISO&location=A&kind=dart", 403);
    }
}
