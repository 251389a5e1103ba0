using System.Text.Json.Nodes;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Api.Prices;

public class LivePricesCallTests(EmptyGateway empty)
{
    [Theory]
    [InlineData("")]
    [InlineData("&sort=-location")]
    [InlineData("&sort=price")]
    [InlineData("&sort=-price")]
    [InlineData("&sort=-timestamp")]
    [InlineData("&sort=change")]
    [InlineData("&sort=-change")]
    [InlineData("&sort=volatility_1h")]
    [InlineData("&sort=-volatility_24h")]
    public async Task Paging_AnyOrder_CoversEverythingExactlyOnceAndInOrder(string sort)
    {
        await using var gateway = await GatewayHost.StartAsync();
        var updates = Enumerable.Range(0, 61).Select(i => Ticks.Update(
            "L" + i / 2, price: i % 7 - 3, interval: i % 3, zone: (MarketZone)(1 + i % 3), type: i % 2 == 0 ? PriceType.RealTime5Min : PriceType.DayAheadHourly,
            change: i % 4 == 0 ? null : i % 5, volatility: i % 3 == 0 ? null : i % 2)).ToArray();
        gateway.Prices.Accept(updates);

        var all = Keys((await gateway.GetAsync("/api/v1/prices/live?limit=1000" + sort))["items"]!);
        var paged = new List<string>();
        string? cursor = null;
        do
        {
            var page = await gateway.GetAsync("/api/v1/prices/live?limit=7" + sort + (cursor is null ? "" : "&cursor=" + cursor));
            paged.AddRange(Keys(page["items"]!));
            cursor = (string?)page["next_cursor"];
        }
        while (cursor is not null);

        Assert.Equal(61, all.Distinct().Count());
        Assert.Equal(all, paged);
    }

    [Fact]
    public async Task Sort_ByPrice_IsByPriceAndNullsComeLast()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Prices.Accept([Ticks.Update("A", 5, change: 1), Ticks.Update("B", -5), Ticks.Update("C", 50, change: -1)]);

        Assert.Equal(["B", "A", "C"], await LocationsAsync(gateway, "sort=price"));
        Assert.Equal(["C", "A", "B"], await LocationsAsync(gateway, "sort=-price"));
        Assert.Equal(["C", "A", "B"], await LocationsAsync(gateway, "sort=change"));
        Assert.Equal(["A", "C", "B"], await LocationsAsync(gateway, "sort=-change"));
    }

    [Fact]
    public async Task Filters_EachOfThem_LetThroughWhatTheySay()
    {
        await using var gateway = await GatewayHost.StartAsync(history => history.Add(
            new MarketLocation(new LocationId(MarketZone.PJM, "A"), "ALPHA HUB", LocationType.Hub),
            new MarketLocation(new LocationId(MarketZone.PJM, "B"), "BETA", LocationType.Gen)));
        gateway.Prices.Accept(
        [
            Ticks.Update("A", 10), Ticks.Update("B", -10), Ticks.Update("A", 20, type: PriceType.DayAheadHourly), Ticks.Update("A", 30, zone: MarketZone.ERCOT), Ticks.Update("C:1/x", 40),
        ]);

        Assert.Equal(["A", "A", "B", "C:1/x"], await LocationsAsync(gateway, "zone=pjm"));
        Assert.Equal(["A", "A", "B", "C:1/x", "A"], await LocationsAsync(gateway, "zone=ERCOT&zone=PJM"));
        Assert.Equal(["A", "A", "A"], await LocationsAsync(gateway, "location=A"));
        Assert.Equal(["B", "C:1/x"], await LocationsAsync(gateway, "location=B&location=C%3A1%2Fx"));
        Assert.Equal(["A", "A"], await LocationsAsync(gateway, "location=alpha%20hub"));
        Assert.Equal(["A", "A"], await LocationsAsync(gateway, "location_type=HUB"));
        Assert.Equal(["B"], await LocationsAsync(gateway, "location_type=gen"));
        Assert.Equal(["A"], await LocationsAsync(gateway, "price_type=DAY_AHEAD_HOURLY"));
        Assert.Equal(["A", "A", "A"], await LocationsAsync(gateway, "min_price=10&max_price=30"));
        Assert.Equal(["B"], await LocationsAsync(gateway, "max_price=-1e1"));
        Assert.Empty(await LocationsAsync(gateway, "location=nowhere"));
    }

    [Fact]
    public async Task Price_OnTheWire_HasTheContractsNamesAndTimes()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Prices.Accept([Ticks.Update("A", 31.5, change: -0.5, volatility: 1.25)]);

        var price = (JsonObject)(await gateway.GetAsync("/api/v1/prices/live"))["items"]![0]!;

        Assert.Equal(
            ["market_zone", "location", "location_name", "location_type", "price_type", "timestamp", "interval_minutes", "price", "energy_cost", "congestion_cost", "loss_cost",
                "volume", "renewable_percentage", "load_forecast", "published_at", "revision", "source", "change", "volatility_1h", "volatility_24h", "volatility_ewma"],
            price.Select(field => field.Key));
        Assert.Equal("2026-11-22T12:00:00Z", (string?)price["timestamp"]);
        Assert.Equal("REAL_TIME_5_MIN", (string?)price["price_type"]);
        Assert.Equal(1.25, (double?)price["volatility_1h"]);
        Assert.Null(price["energy_cost"]);
    }

    [Fact]
    public async Task Page_IsTheLast_HasNoCursor()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Prices.Accept([Ticks.Update()]);
        Assert.False(((JsonObject)await gateway.GetAsync("/api/v1/prices/live?limit=1")).ContainsKey("next_cursor"));
    }

    [Theory]
    [InlineData("zones=PJM", "unknown-parameter", "zones")]
    [InlineData("Zone=PJM", "unknown-parameter", "Zone")]
    [InlineData("limit=5&limit=6", "invalid-parameter", "limit")]
    [InlineData("limit=0", "invalid-parameter", "limit")]
    [InlineData("limit=1001", "invalid-parameter", "limit")]
    [InlineData("limit=1e2", "invalid-parameter", "limit")]
    [InlineData("limit=", "invalid-parameter", "limit")]
    [InlineData("limit", "invalid-parameter", "limit")]
    [InlineData("zone=TEXAS", "invalid-parameter", "zone")]
    [InlineData("zone=1", "invalid-parameter", "zone")]
    [InlineData("price_type=RT", "invalid-parameter", "price_type")]
    [InlineData("location_type=PLANET", "invalid-parameter", "location_type")]
    [InlineData("location=", "invalid-parameter", "location")]
    [InlineData("min_price=NaN", "invalid-parameter", "min_price")]
    [InlineData("min_price=Infinity", "invalid-parameter", "min_price")]
    [InlineData("min_price=1e999", "invalid-parameter", "min_price")]
    [InlineData("min_price=1,5", "invalid-parameter", "min_price")]
    [InlineData("min_price=5&max_price=4", "invalid-parameter", "min_price")]
    [InlineData("sort=price;drop table market_data", "invalid-parameter", "sort")]
    [InlineData("cursor=x", "invalid-cursor", "cursor")]
    public async Task Parameter_Wrong_IsRefusedByName(string query, string type, string field)
    {
        var gateway = empty.Host;
        using var response = await gateway.Http.GetAsync("/api/v1/prices/live?" + query, TestContext.Current.CancellationToken);

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await GatewayHost.ReadAsync(response, 400);
        Assert.Equal("urn:optibid:problem:" + type, (string?)problem["type"]);
        Assert.Equal(field, (string?)problem["field"]);
        Assert.Equal(400, (int?)problem["status"]);
        Assert.False(string.IsNullOrEmpty((string?)problem["title"]) || string.IsNullOrEmpty((string?)problem["detail"]));
    }

    [Fact]
    public async Task Zone_Unknown_NamesTheAllowedOnes()
    {
        var gateway = empty.Host;
        var problem = await gateway.GetAsync("/api/v1/prices/live?zone=TEXAS", 400);
        Assert.Equal("zone must be one of PJM, CAISO, ERCOT, NYISO, ISONE, MISO, SPP.", (string?)problem["detail"]);
        Assert.Equal("TEXAS", (string?)problem["value"]);
    }

    [Fact]
    public async Task Cursor_OfAnotherQuery_IsRefused()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Prices.Accept([Ticks.Update("A"), Ticks.Update("B")]);
        var cursor = (string?)(await gateway.GetAsync("/api/v1/prices/live?limit=1"))["next_cursor"];

        await gateway.GetAsync("/api/v1/prices/live?limit=5&cursor=" + cursor);
        var problem = await gateway.GetAsync("/api/v1/prices/live?zone=PJM&limit=1&cursor=" + cursor, 400);
        Assert.Equal("urn:optibid:problem:invalid-cursor", (string?)problem["type"]);
        await gateway.GetAsync("/api/v1/prices/history?zone=PJM&location=A&cursor=" + cursor, 400);
        await gateway.GetAsync("/api/v1/locations?cursor=" + cursor, 400);
    }

    private static string[] Keys(JsonNode items) => [.. items.AsArray().Select(item => $"{item!["market_zone"]}/{item["location"]}/{item["price_type"]}")];

    private static async Task<string[]> LocationsAsync(GatewayHost gateway, string query) =>
        [.. (await gateway.GetAsync("/api/v1/prices/live?" + query))["items"]!.AsArray().Select(item => (string)item!["location"]!)];
}
