using OptiBid.Gateway.Tests.Fakes;
using OptiBid.Grains.Interfaces;
using OptiBid.History;
using OptiBid.History.ApiKeys;

namespace OptiBid.Gateway.Tests.Caching;

/// <summary>Nobody is given what was read for somebody who may see more.</summary>
public sealed class CallersTests
{
    private const string Day = """{"start":"2026-11-22T00:00:00Z","end":"2026-11-23T00:00:00Z"}""";

    private readonly MemoryKeys _keys = new();

    [Fact]
    public async Task SameQuery_OfKeysForOtherZones_IsReadForEach()
    {
        var (all, pjm, another) = (await AddAsync(), await AddAsync(MarketZone.PJM), await AddAsync(MarketZone.PJM));
        await using var gateway = await CachingGateway.StartAsync(new() { ["Security:ApiKeys"] = "true", ["Security:AllowAnonymous"] = "false" }, keys: _keys);

        var wide = await gateway.PostAsync("/api/v1/prices/query", Day, all);
        var narrow = await gateway.PostAsync("/api/v1/prices/query", Day, pjm);
        Assert.Equal((Answer.Miss, Answer.Miss), (wide.Cache, narrow.Cache));
        Assert.Contains("ERCOT", wide.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("ERCOT", narrow.Body, StringComparison.Ordinal);

        // Who may see the same may have the same.
        Assert.Equal((Answer.Hit, narrow.Body), (await gateway.PostAsync("/api/v1/prices/query", Day, another) is var given ? (given.Cache, given.Body) : default));
    }

    [Fact]
    public async Task ZoneKept_IsStillRefusedToWhoMayNotSeeIt()
    {
        var (all, ercot) = (await AddAsync(), await AddAsync(MarketZone.ERCOT));
        await using var gateway = await CachingGateway.StartAsync(new() { ["Security:ApiKeys"] = "true", ["Security:AllowAnonymous"] = "false" }, keys: _keys);
        await gateway.GetAsync(key: all);
        Assert.Equal(Answer.Hit, (await gateway.GetAsync(key: all)).Cache);

        Assert.Equal((403, null), (await gateway.GetAsync(key: ercot) is var refused ? (refused.Status, refused.Cache) : default));
        Assert.Equal(401, (await gateway.GetAsync()).Status);
    }

    private async Task<string> AddAsync(params MarketZone[] zones)
    {
        var text = ApiKeyText.Create();
        await _keys.AddAsync(new ApiKey
        {
            Id = text.Id, Name = "test", Hash = text.Hash(), Roles = ["viewer"], Zones = zones.Length == 0 ? null : zones, CreatedAt = Ticks.Noon, CreatedBy = "test",
        }, TestContext.Current.CancellationToken);
        return text.Text;
    }
}
