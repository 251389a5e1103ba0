using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Api.Prices;

public class LocationPricesCallTests(EmptyGateway empty)
{
    private static readonly LocationId Hub = new(MarketZone.PJM, "51288");
    private static readonly LocationId Node = new(MarketZone.PJM, "NODE:1/a b%2Fc");

    [Fact]
    public async Task Location_Known_IsShownWholeFromItsGrain()
    {
        await using var gateway = await GatewayHost.StartAsync(history =>
        {
            history.Add(new MarketLocation(Hub, "WESTERN HUB", LocationType.Hub), new MarketLocation(Node, "NODE", LocationType.Node, Hub.Location));
            history.Add(Ticks.Tick(Node.Location, 40, interval: 0, type: PriceType.DayAheadHourly));
        });
        gateway.Prices.Accept([Ticks.Update(Hub.Location, 33, interval: 7)]);
        gateway.Locations.Newest[Node] =
        [
            Ticks.Update(Node.Location, 31, interval: 7, revision: 3, change: 1, volatility: 2), Ticks.Update(Node.Location, 55, interval: 20, type: PriceType.DayAheadHourly),
        ];

        var answer = await gateway.GetAsync("/api/v1/prices/pjm/" + Uri.EscapeDataString(Node.Location));

        Assert.Equal("NODE", (string?)answer["location_name"]);
        Assert.Equal("NODE", (string?)answer["location_type"]);
        Assert.Equal(2, answer["prices"]!.AsArray().Count);
        Assert.Equal(2, (double?)answer["prices"]![0]!["volatility_1h"]);

        // 12:35 lies in the hour of 12:00, whose day-ahead price is in the history: the newest day-ahead price is of tomorrow.
        Assert.Equal(9, (double?)answer["dart_spread"]!["value"]);
        Assert.Equal(-2, (double?)answer["basis"]!["value"]);
        Assert.Equal("51288", (string?)answer["basis"]!["hub"]);
        Assert.Equal(3, (int?)answer["last_revision"]!["revision"]);
    }

    [Theory]
    [InlineData("NODE%3A1%2Fa%20b%252Fc")]
    [InlineData("NODE:1/a%20b%252Fc")]
    public async Task Location_WithSlashes_IsTakenAsEncoded(string path)
    {
        await using var gateway = await GatewayHost.StartAsync(history => history.Add(new MarketLocation(Node, "NODE", LocationType.Node)));
        Assert.Equal(Node.Location, (string?)(await gateway.GetAsync("/api/v1/prices/PJM/" + path))["location"]);
    }

    [Fact]
    public async Task Location_ByName_ResolvesWhenOnlyOneBearsIt()
    {
        await using var gateway = await GatewayHost.StartAsync(history => history.Add(
            new MarketLocation(Hub, "WESTERN HUB", LocationType.Hub),
            new MarketLocation(new LocationId(MarketZone.PJM, "1"), "TWIN", LocationType.Gen),
            new MarketLocation(new LocationId(MarketZone.PJM, "2"), "TWIN", LocationType.Load),
            new MarketLocation(new LocationId(MarketZone.ERCOT, "3"), "WESTERN HUB", LocationType.Hub)));

        Assert.Equal("51288", (string?)(await gateway.GetAsync("/api/v1/prices/PJM/western%20hub"))["location"]);
        Assert.Equal("3", (string?)(await gateway.GetAsync("/api/v1/prices/ERCOT/Western%20Hub"))["location"]);
        var problem = await gateway.GetAsync("/api/v1/prices/PJM/twin", 400);
        Assert.Equal("urn:optibid:problem:ambiguous-location", (string?)problem["type"]);
        Assert.Contains("1, 2", (string?)problem["detail"]);
    }

    [Fact]
    public async Task Location_Unknown_Is404AndWakesNoGrain()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var problem = await gateway.GetAsync("/api/v1/prices/PJM/nowhere", 404);

        Assert.Equal("urn:optibid:problem:unknown-location", (string?)problem["type"]);
        Assert.Equal("nowhere", (string?)problem["value"]);
        Assert.Empty(gateway.Locations.Asked);
    }

    [Fact]
    public async Task Directory_NotReadYet_Is503RatherThan404()
    {
        await using var gateway = await GatewayHost.StartAsync(history => history.IsAway = true);
        await gateway.GetAsync("/api/v1/prices/PJM/nowhere", 503);
    }

    [Theory]
    [InlineData("/api/v1/prices/TEXAS/A", 400)]
    [InlineData("/api/v1/prices/PJM/", 400)]
    [InlineData("/api/v1/prices/PJM/A?limit=1", 400)]
    [InlineData("/api/v1/prices/PJM/%01", 400)]
    public async Task Path_Wrong_IsRefused(string path, int status)
    {
        var gateway = empty.Host;
        await gateway.GetAsync(path, status);
    }

    [Fact]
    public async Task Cluster_Away_Is503WithoutAWordOfTheInside()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Prices.Accept([Ticks.Update()]);
        gateway.Locations.IsAway = true;

        using var response = await gateway.Http.GetAsync("/api/v1/prices/PJM/A", TestContext.Current.CancellationToken);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.DoesNotContain("10.0.0.7", (await GatewayHost.ReadAsync(response, 503)).ToJsonString());
    }

    [Fact]
    public async Task History_Away_LeavesTheSpreadOut()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Prices.Accept([Ticks.Update()]);
        gateway.Locations.Newest[new LocationId(MarketZone.PJM, "A")] = [Ticks.Update()];
        gateway.History.IsAway = true;
        Assert.Null((await gateway.GetAsync("/api/v1/prices/PJM/A"))["dart_spread"]);
    }
}
