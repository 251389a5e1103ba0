using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Api.Prices;

public class HistoryCallsTests(EmptyGateway empty)
{
    private const string Start = "2026-11-22T00:00:00Z";
    private const string End = "2026-11-23T00:00:00Z";

    private static readonly PriceTick[] Day =
    [
        .. Enumerable.Range(0, 25).Select(i => Ticks.Tick("A", i - 5, i)),
        .. Enumerable.Range(0, 25).Select(i => Ticks.Tick("B", i, i)),
        .. Enumerable.Range(0, 3).Select(i => Ticks.Tick("A", i, i, type: PriceType.DayAheadHourly)),
        .. Enumerable.Range(0, 3).Select(i => Ticks.Tick("A", i, i, zone: MarketZone.ERCOT)),
    ];

    [Theory]
    [InlineData("asc")]
    [InlineData("desc")]
    public async Task Query_Paged_CoversEverythingExactlyOnce(string sort)
    {
        await using var gateway = await GatewayHost.StartAsync(history => history.Add(Day));
        var items = new List<string>();
        string? cursor = null;
        do
        {
            var page = await gateway.PostAsync("/api/v1/prices/query", new { start = Start, end = End, sort, limit = 9, cursor });
            items.AddRange(page["items"]!.AsArray().Select(item => $"{item!["timestamp"]} {item["market_zone"]} {item["location"]} {item["price_type"]}"));
            cursor = (string?)page["next_cursor"];
        }
        while (cursor is not null);

        Assert.Equal(Day.Length, items.Distinct().Count());
        Assert.Equal(Day.Length, items.Count);
        var times = items.Select(item => item[..20]).ToArray();
        Assert.Equal(sort == "asc" ? times.Order(StringComparer.Ordinal) : times.OrderDescending(StringComparer.Ordinal), times);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(1_000)]
    public async Task Query_NameWhoseIdIsAnothersToo_GivesTheOneThatBearsIt(int limit)
    {
        await using var gateway = await GatewayHost.StartAsync(history =>
        {
            history.Add(new MarketLocation(new LocationId(MarketZone.PJM, "1"), "WESTERN HUB", LocationType.Hub));
            history.Add(new MarketLocation(new LocationId(MarketZone.CAISO, "1"), "ELSEWHERE", LocationType.Node));
            foreach (var zone in new[] { MarketZone.PJM, MarketZone.CAISO, MarketZone.ERCOT })
                history.Add(Enumerable.Range(0, 10).Select(i => Ticks.Tick("1", i, i, zone)));
        });
        var got = new List<string>();
        string? cursor = null;
        do
        {
            var page = await gateway.PostAsync("/api/v1/prices/query", new { locations = new[] { "WESTERN HUB" }, start = Start, end = End, limit, cursor });
            got.AddRange(page["items"]!.AsArray().Select(item => $"{item!["market_zone"]} {item["price"]}"));
            cursor = (string?)page["next_cursor"];
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"PJM {i}"), got);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/prices/query")
        {
            Content = JsonContent.Create(new { locations = new[] { "WESTERN HUB" }, start = Start, end = End, limit }),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/x-ndjson"));
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Math.Min(limit, 10), lines.Length);
        Assert.All(lines, line => Assert.Equal("PJM", (string?)JsonNode.Parse(line)!["market_zone"]));
    }

    [Fact]
    public async Task Query_Filters_ReachTheHistory()
    {
        await using var gateway = await GatewayHost.StartAsync(history => history.Add(Day));
        var page = await gateway.PostAsync("/api/v1/prices/query", new
        {
            zones = new[] { "PJM" },
            locations = new[] { "A" },
            price_types = new[] { "REAL_TIME_5_MIN" },
            start = Start,
            end = "2026-11-22T13:00:00+01:00",
            min_price = -4.5,
            max_price = 100,
        });
        Assert.Empty(page["items"]!.AsArray());

        var query = gateway.History.Queries.Last();
        Assert.Equal([MarketZone.PJM], query.Zones);
        Assert.Equal(["A"], query.Locations);
        Assert.Equal([PriceType.RealTime5Min], query.PriceTypes);
        Assert.Equal(Ticks.Noon, query.End);
        Assert.Equal((-4.5, 100), (query.MinPrice, query.MaxPrice));
        Assert.Equal(1_001, query.Limit);
    }

    [Theory]
    [InlineData("""{"end":"2026-11-23T00:00:00Z"}""", "start")]
    [InlineData("""{"start":"2026-11-22T00:00:00Z","end":"2026-11-23T00:00:00Z","as_off":"2026-11-23T00:00:00Z"}""", "as_off")]
    [InlineData("""{"start":"2026-11-22T00:00:00","end":"2026-11-23T00:00:00Z"}""", "start")]
    [InlineData("""{"start":"22.11.2026","end":"2026-11-23T00:00:00Z"}""", "start")]
    [InlineData("""{"start":5,"end":"2026-11-23T00:00:00Z"}""", "start")]
    [InlineData("""{"start":"2026-11-23T00:00:00Z","end":"2026-11-23T00:00:00Z"}""", "start")]
    [InlineData("""{"start":"2025-11-21T00:00:00Z","end":"2026-11-23T00:00:00Z"}""", "end")]
    [InlineData("""{"start":"2026-11-22T00:00:00Z","end":"2026-11-23T00:00:00Z","zones":"PJM"}""", "zones")]
    [InlineData("""{"start":"2026-11-22T00:00:00Z","end":"2026-11-23T00:00:00Z","zones":["TEXAS"]}""", "zones")]
    [InlineData("""{"start":"2026-11-22T00:00:00Z","end":"2026-11-23T00:00:00Z","zones":[{"a":1}]}""", "zones")]
    [InlineData("""{"start":"2026-11-22T00:00:00Z","end":"2026-11-23T00:00:00Z","limit":"5"}""", "limit")]
    [InlineData("""{"start":"2026-11-22T00:00:00Z","end":"2026-11-23T00:00:00Z","limit":5.5}""", "limit")]
    [InlineData("""{"start":"2026-11-22T00:00:00Z","start":"2026-11-22T00:00:00Z","end":"2026-11-23T00:00:00Z"}""", "start")]
    [InlineData("""{"start":"2026-11-22T00:00:00Z","end":"2026-11-23T00:00:00Z","sort":"up"}""", "sort")]
    public async Task Query_FieldWrong_IsRefusedByName(string body, string field)
    {
        var gateway = empty.Host;
        Assert.Equal(field, (string?)(await gateway.PostAsync("/api/v1/prices/query", body, 400))["field"]);
    }

    [Fact]
    public async Task Query_AcceptNdJson_StreamsALineAPrice()
    {
        await using var gateway = await GatewayHost.StartAsync(history => history.Add(Day));
        var text = await StreamAsync(gateway, "application/x-ndjson", "application/x-ndjson");

        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Day.Length, lines.Length);
        Assert.All(lines, line => Assert.NotNull(JsonNode.Parse(line)!["price"]));
        Assert.Null(gateway.History.Queries.Last().Limit);
    }

    [Fact]
    public async Task Query_AcceptCsv_StreamsTheSameRows()
    {
        await using var gateway = await GatewayHost.StartAsync(history =>
        {
            history.Add(Day);
            history.Add(Ticks.Tick("Q\"uo,te", -1.5) with { EnergyCost = 1e-7 });
        });
        var lines = (await StreamAsync(gateway, "text/csv;q=0.9, application/json;q=0.1", "text/csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(Day.Length + 2, lines.Length);
        Assert.StartsWith("market_zone,location,location_name,location_type,price_type,timestamp,", lines[0]);
        Assert.Contains("PJM,\"Q\"\"uo,te\",,,REAL_TIME_5_MIN,2026-11-22T12:00:00Z,5,-1.5,1E-07,,,,,,2026-11-22T12:01:01Z,1,test:feed", lines);
    }

    [Fact]
    public async Task Query_FormatNotOffered_Is406()
    {
        var gateway = empty.Host;
        using var response = await SendAsync(gateway, "application/xml");
        Assert.Equal(406, (int)response.StatusCode);
    }

    [Fact]
    public async Task Query_HistoryAway_Is503WithRetryAfterInEveryFormat()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.History.IsAway = true;
        foreach (var accept in new[] { "application/json", "application/x-ndjson", "text/csv", "application/vnd.apache.parquet" })
        {
            using var response = await SendAsync(gateway, accept);
            Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
            var problem = await GatewayHost.ReadAsync(response, 503);
            Assert.Equal("urn:optibid:problem:history-unavailable", (string?)problem["type"]);
            Assert.DoesNotContain("db-host", problem.ToJsonString());
        }
    }

    [Fact]
    public async Task Query_HistoryBreaksOffInTheMiddle_BreaksTheConnection()
    {
        await using var gateway = await GatewayHost.StartAsync(history =>
        {
            history.Add(Day);
            history.BreakAfter = 10;
        });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => SendAsync(gateway, "application/x-ndjson"));
    }

    [Fact]
    public async Task History_WithoutARange_IsTheLastDayAndStaysItFromPageToPage()
    {
        var clock = new FakeTimeProvider(Ticks.Noon.AddMinutes(120));
        await using var gateway = await GatewayHost.StartAsync(history => history.Add(Day), clock: clock);
        var first = await gateway.GetAsync("/api/v1/prices/history?zone=PJM&location=A&limit=20&price_type=REAL_TIME_5_MIN");
        clock.Advance(TimeSpan.FromHours(23));
        var second = await gateway.GetAsync("/api/v1/prices/history?zone=PJM&location=A&limit=20&price_type=REAL_TIME_5_MIN&cursor=" + first["next_cursor"]);

        // Intervals start every five minutes from 12:00; the one at 14:00 is the end of the range and not in it.
        Assert.Equal(20, first["items"]!.AsArray().Count);
        Assert.Equal(4, second["items"]!.AsArray().Count);
        Assert.Null(second["next_cursor"]);
    }

    [Fact]
    public async Task History_UnknownLocation_Is404UnlessTheHistoryHasIt()
    {
        await using var gateway = await GatewayHost.StartAsync(history => history.Add(Day), clock: new FakeTimeProvider(Ticks.Noon.AddHours(1)));
        await gateway.GetAsync("/api/v1/prices/history?zone=PJM&location=nowhere", 404);
        Assert.NotEmpty((await gateway.GetAsync("/api/v1/prices/history?zone=PJM&location=A"))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("zone=PJM", "location")]
    [InlineData("location=A", "zone")]
    [InlineData("zone=PJM&location=A&location=B", "location")]
    [InlineData("zone=PJM&location=A&start=2026-11-22T00:00:00+01:00", "start")]
    [InlineData("zone=PJM&location=A&start=2026-11-23T00:00:00Z&end=2026-11-22T00:00:00Z", "start")]
    public async Task History_ParameterWrong_IsRefusedByName(string query, string field)
    {
        var gateway = empty.Host;
        Assert.Equal(field, (string?)(await gateway.GetAsync("/api/v1/prices/history?" + query, 400))["field"]);
    }

    private static async Task<HttpResponseMessage> SendAsync(GatewayHost gateway, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/prices/query")
        {
            Content = new StringContent($$"""{"start":"{{Start}}","end":"{{End}}"}""", Encoding.UTF8, "application/json"),
        };
        foreach (var range in accept.Split(',')) request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(range));
        return await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<string> StreamAsync(GatewayHost gateway, string accept, string type)
    {
        using var response = await SendAsync(gateway, accept);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
