using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Api.Prices;

public class LocationsCallTests
{
    private static readonly MarketLocation[] Directory =
    [
        .. Enumerable.Range(0, 25).Select(i => new MarketLocation(new LocationId(MarketZone.PJM, i.ToString()), "NODE " + i, LocationType.Node, "0")),
        new(new LocationId(MarketZone.ERCOT, "HB_NORTH"), "North Hub", LocationType.Hub),
    ];

    [Fact]
    public async Task Paging_CoversEverythingExactlyOnce()
    {
        await using var gateway = await GatewayHost.StartAsync(history => history.Add(Directory));
        var found = new List<string>();
        string? cursor = null;
        do
        {
            var page = await gateway.GetAsync("/api/v1/locations?limit=6" + (cursor is null ? "" : "&cursor=" + cursor));
            found.AddRange(page["items"]!.AsArray().Select(item => $"{item!["market_zone"]}/{item["location"]}"));
            cursor = (string?)page["next_cursor"];
        }
        while (cursor is not null);

        Assert.Equal(Directory.Select(location => location.Id.ToString()).Order(), found.Order());
    }

    [Fact]
    public async Task Filters_EachOfThem_LetThroughWhatTheySay()
    {
        await using var gateway = await GatewayHost.StartAsync(history => history.Add(Directory));
        var hub = (await gateway.GetAsync("/api/v1/locations?type=HUB"))["items"]!.AsArray().Single()!;
        Assert.Equal("""{"market_zone":"ERCOT","location":"HB_NORTH","location_name":"North Hub","location_type":"HUB","hub":null}""", hub.ToJsonString());
        Assert.Single((await gateway.GetAsync("/api/v1/locations?q=north"))["items"]!.AsArray());
        Assert.Equal(25, (await gateway.GetAsync("/api/v1/locations?zone=PJM"))["items"]!.AsArray().Count);
        Assert.Empty((await gateway.GetAsync("/api/v1/locations?q=" + Uri.EscapeDataString("' OR 1=1 --")))["items"]!.AsArray());
    }

    [Fact]
    public async Task History_Away_Is503()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.History.IsAway = true;
        await gateway.GetAsync("/api/v1/locations", 503);
    }
}
