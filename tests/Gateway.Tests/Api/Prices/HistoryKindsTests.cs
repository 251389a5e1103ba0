using OptiBid.History;

namespace OptiBid.Gateway.Tests.Api.Prices;

/// <summary>Prices as of an instant, revisions and gathered prices, over both history calls.</summary>
public class HistoryKindsTests(HistoryFixture history) : IClassFixture<HistoryFixture>
{
    private static readonly string[] BucketKey = ["market_zone", "location", "location_name", "location_type", "price_type", "timestamp", "end"];

    [Theory]
    [InlineData("\"resample\":\"1h\"", "resample")]
    [InlineData("\"resample\":[]", "resample")]
    [InlineData("\"resample\":{}", "resample.every")]
    [InlineData("\"resample\":{\"every\":null}", "resample.every")]
    [InlineData("\"resample\":{\"every\":5}", "resample.every")]
    [InlineData("\"resample\":{\"every\":\"often\"}", "resample.every")]
    [InlineData("\"resample\":{\"every\":\"25h\"}", "resample.every")]
    [InlineData("\"resample\":{\"every\":\"1h\",\"every\":\"1h\"}", "resample.every")]
    [InlineData("\"resample\":{\"every\":\"1h\",\"evry\":1}", "resample.evry")]
    [InlineData("\"resample\":{\"every\":\"1h\",\"timezone\":\"UTC\"}", "resample.timezone")]
    [InlineData("\"resample\":{\"every\":\"1h\",\"aggregates\":\"max\"}", "resample.aggregates")]
    [InlineData("\"resample\":{\"every\":\"1h\",\"aggregates\":[\"median\"]}", "resample.aggregates")]
    [InlineData("\"resample\":{\"every\":\"1h\",\"aggregates\":[1]}", "resample.aggregates")]
    [InlineData("\"resample\":{\"every\":\"1h\",\"fill\":\"zero\"}", "resample.fill")]
    [InlineData("\"resample\":{\"every\":\"1h\",\"fill\":null,\"x\":null}", "resample.x")]
    [InlineData("\"resample\":{\"every\":\"1h\"},\"timezone\":\"Mars/Olympus\"", "timezone")]
    [InlineData("\"resample\":{\"every\":\"1h\"},\"timezone\":\"america/new_york\"", "timezone")]
    [InlineData("\"resample\":{\"every\":\"1h\"},\"include_revisions\":true", "include_revisions")]
    [InlineData("\"resample.every\":\"1h\"", "resample.every")]
    [InlineData("\"every\":\"1h\"", "every")]
    [InlineData("\"timezone\":\"UTC\"", "timezone")]
    [InlineData("\"include_revisions\":\"true\"", "include_revisions")]
    [InlineData("\"include_revisions\":1", "include_revisions")]
    [InlineData("\"as_of\":\"2026-11-22\"", "as_of")]
    [InlineData("\"as_of\":true", "as_of")]
    public async Task Query_FieldWrong_IsRefusedByName(string fields, string field)
    {
        var problem = await history.QueryAsync(fields, 400);
        Assert.Equal(field, (string?)problem["field"]);
    }

    [Theory]
    [InlineData("resample=often", "resample")]
    [InlineData("resample=1h&resample=2h", "resample")]
    [InlineData("resample=1h&aggregates=max&aggregates=median", "aggregates")]
    [InlineData("resample=1h&fill=zero", "fill")]
    [InlineData("resample=1h&include_revisions=true", "include_revisions")]
    [InlineData("resample.every=1h", "resample.every")]
    [InlineData("aggregates=max", "aggregates")]
    [InlineData("fill=null", "fill")]
    [InlineData("timezone=UTC", "timezone")]
    [InlineData("include_revisions=yes", "include_revisions")]
    [InlineData("as_of=yesterday", "as_of")]
    public async Task History_ParameterWrong_IsRefusedByName(string query, string field)
    {
        var problem = await history.Gateway.GetAsync("/api/v1/prices/history?zone=PJM&location=A&" + query, 400);
        Assert.Equal(field, (string?)problem["field"]);
    }

    [Fact]
    public async Task Query_TimezoneWrong_SaysWhichThereAre()
    {
        var problem = await history.QueryAsync("\"resample\":{\"every\":\"1d\"},\"timezone\":\"Europe/Berlin\"", 400);
        Assert.All(["America/New_York", "America/Chicago", "America/Los_Angeles", "Etc/GMT+5", "UTC"], id => Assert.Contains(id, (string?)problem["detail"]));
    }

    [Fact]
    public async Task Query_Resample_ReachesTheHistoryWhole()
    {
        await history.QueryAsync("""
            "resample":{"every":"PT4H","fill":"null"},"timezone":"Etc/GMT+5","as_of":"2026-11-22T13:00:00+01:00","min_price":-1,"sort":"desc","limit":7
            """);
        var asked = history.Gateway.History.Resamples.Last();
        Assert.Equal((new BucketLength(240, BucketUnit.Minute), "Etc/GMT+5", true), (asked.Every, asked.Clock?.Id, asked.FillGaps));
        Assert.Equal((Ticks.Noon, -1, true, 8), (asked.Prices.AsOf, asked.Prices.MinPrice, asked.Prices.Descending, asked.Prices.Limit));

        await history.Gateway.GetAsync("/api/v1/prices/history?zone=ERCOT&location=A&start=2026-11-22T00:00:00Z&end=2026-11-23T00:00:00Z&resample=1D&timezone=UTC");
        asked = history.Gateway.History.Resamples.Last();
        Assert.Equal((new BucketLength(1, BucketUnit.Day), TimeZoneInfo.Utc, false), (asked.Every, asked.Clock, asked.FillGaps));

        await history.QueryAsync("\"resample\":{\"every\":\"1h\"}");
        Assert.Null(history.Gateway.History.Resamples.Last().Clock);
    }

    [Theory]
    [InlineData("", "average,min,max,first,last,standard_deviation")]
    [InlineData(",\"aggregates\":[]", "average,min,max,first,last,standard_deviation")]
    [InlineData(",\"aggregates\":[\"MAX\",\"average\",\"max\"]", "average,max")]
    public async Task Query_Resample_GivesTheValuesAskedForAndNullWhereThereIsNoPrice(string aggregates, string names)
    {
        var fields = $"\"locations\":[\"WESTERN HUB\"],\"price_types\":[\"REAL_TIME_5_MIN\"],\"resample\":{{\"every\":\"1h\",\"fill\":\"null\"{aggregates}}},\"timezone\":\"UTC\"";
        var buckets = (await history.QueryAsync(fields))["items"]!.AsArray();
        Assert.Equal(24, buckets.Count);
        Assert.All(buckets, bucket => Assert.Equal([.. BucketKey, .. names.Split(','), "data_points", "coverage"], bucket!.AsObject().Select(field => field.Key)));

        var noon = buckets[12]!;
        Assert.Equal("2026-11-22T12:00:00Z 2026-11-22T13:00:00Z WESTERN HUB HUB", $"{noon["timestamp"]} {noon["end"]} {noon["location_name"]} {noon["location_type"]}");
        Assert.Equal((204, 12, 1), ((double)noon["max"]!, (int)noon["data_points"]!, (double)noon["coverage"]!));
        Assert.True(buckets[0]!.AsObject().TryGetPropertyValue("max", out var none) && none is null);
        Assert.Equal(0, (int)buckets[0]!["data_points"]!);
        Assert.Equal(buckets.ToJsonString(), $"[{string.Join(',', (await history.LinesAsync(fields)).Select(line => line.ToJsonString()))}]");
    }

    [Theory]
    [InlineData("asc")]
    [InlineData("desc")]
    public async Task Query_PagesOfEveryKind_CoverEverythingExactlyOnceInOrder(string sort)
    {
        foreach (var kind in new[] { "\"include_revisions\":true", "\"resample\":{\"every\":\"15m\"}", "\"as_of\":\"2026-11-22T19:00:00Z\"" })
        {
            var fields = $"{kind},\"sort\":\"{sort}\"";
            var whole = await history.LinesAsync(fields);
            Assert.InRange(whole.Count, 12, 100);
            foreach (var limit in new[] { 2, 7, whole.Count })
                Assert.Equal(whole.Select(row => row.ToJsonString()), (await history.PagesAsync(fields, limit)).Select(row => row.ToJsonString()));
            Assert.Equal(3, (await history.LinesAsync(fields + ",\"limit\":3")).Count);
        }
    }

    [Fact]
    public async Task Query_IdThatTwoMarketsHave_GivesOnlyTheOneMeantInEveryKind()
    {
        foreach (var kind in new[] { "\"include_revisions\":true", "\"resample\":{\"every\":\"15m\"}", "\"as_of\":\"2026-11-22T19:00:00Z\"" })
        {
            var fields = $"{kind},\"locations\":[\"WESTERN HUB\"],\"zones\":[\"PJM\",\"ERCOT\"]";
            var pages = await history.PagesAsync(fields, 1);
            Assert.All(pages, row => Assert.Equal("PJM", (string?)row["market_zone"]));
            Assert.Equal((await history.LinesAsync(fields)).Count, pages.Count);
        }
    }

    [Fact]
    public async Task Query_CursorWithOtherParameters_IsRefused()
    {
        var cursor = (string?)(await history.QueryAsync("\"resample\":{\"every\":\"1h\"},\"limit\":1"))["next_cursor"];
        foreach (var fields in new[]
        {
            "\"resample\":{\"every\":\"2h\"}", "\"resample\":{\"every\":\"1h\",\"fill\":\"null\"}", "\"resample\":{\"every\":\"1h\",\"aggregates\":[\"max\"]}",
            "\"resample\":{\"every\":\"1h\"},\"timezone\":\"UTC\"", "\"resample\":{\"every\":\"1h\"},\"as_of\":\"2026-11-22T19:00:00Z\"", "\"include_revisions\":true", "\"sort\":\"asc\"",
        })
        {
            Assert.Equal("cursor", (string?)(await history.QueryAsync($"{fields},\"limit\":1,\"cursor\":\"{cursor}\"", 400))["field"]);
        }
    }

    [Fact]
    public async Task Query_IncludeRevisions_SaysHowLongEachValueStood()
    {
        var rows = (await history.QueryAsync("\"zones\":[\"PJM\"],\"locations\":[\"A\"],\"price_types\":[\"REAL_TIME_5_MIN\"],\"include_revisions\":true,\"limit\":3"))["items"]!.AsArray();
        Assert.Equal(["1 -5.25", "2 100", "3 200"], rows.Select(row => $"{row!["revision"]} {row["price"]}"));
        Assert.Equal(["2026-11-22T18:00:00.001234Z", "2026-11-22T20:00:00Z", ""], rows.Select(row => $"{row!["superseded_at"]}"));
        Assert.Equal("2026-11-22T12:01:03Z", (string?)rows[0]!["ingested_at"]);
        Assert.Equal(["ingested_at", "superseded_at"], rows[2]!.AsObject().Select(field => field.Key).TakeLast(2));

        var plain = (await history.QueryAsync("\"include_revisions\":false,\"limit\":1"))["items"]![0]!.AsObject();
        Assert.False(plain.ContainsKey("ingested_at") || plain.ContainsKey("superseded_at"));
    }

    [Fact]
    public async Task History_AsOf_GivesWhatWasKnownThenAndKnowsTheLocationStill()
    {
        const string Call = "/api/v1/prices/history?zone=PJM&location=A&price_type=REAL_TIME_5_MIN&start=2026-11-22T12:00:00Z&end=2026-11-22T12:05:00Z";
        Assert.Equal(200, await PriceAsync(""));
        Assert.Equal(100, await PriceAsync("&as_of=2026-11-22T19:00:00Z"));
        Assert.Equal(-5.25, await PriceAsync("&as_of=2026-11-22T18:00:00.001233Z"));
        Assert.Empty((await history.Gateway.GetAsync(Call + "&as_of=2026-11-22T12:00:00Z"))["items"]!.AsArray());
        Assert.Equal(2, (await history.Gateway.GetAsync(Call + "&as_of=2026-11-22T19:00:00Z&include_revisions=true"))["items"]!.AsArray().Count);

        async Task<double?> PriceAsync(string asOf) => (double?)(await history.Gateway.GetAsync(Call + asOf))["items"]![0]!["price"];
    }

    [Fact]
    public async Task Query_TooManyPrices_Is422WithBothNumbersInEveryFormat()
    {
        history.Gateway.History.MostPricesRead = 10;
        try
        {
            foreach (var accept in new[] { "application/json", "application/x-ndjson", "text/csv", "application/vnd.apache.parquet" })
            {
                using var response = await history.SendAsync("\"resample\":{\"every\":\"1h\"}", accept);
                var problem = await GatewayHost.ReadAsync(response, 422);
                Assert.Equal(("urn:optibid:problem:too-many-prices", 39, 10), ((string?)problem["type"], (int)problem["prices"]!, (int)problem["most"]!));
            }
        }
        finally
        {
            history.Gateway.History.MostPricesRead = int.MaxValue;
        }
    }
}
