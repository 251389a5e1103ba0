using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Ercot;
using OptiBid.Connectors.Markets;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Ercot;

public sealed class ErcotTokensTests : MarketTest
{
    private readonly SemaphoreSlim _asked = new(0);
    private readonly SemaphoreSlim _may = new(0);
    private int _bought;

    protected override MarketZone Zone => MarketZone.ERCOT;

    private ErcotTokens Tokens()
    {
        Feed("ercot:np4-190-cd", ("Username", "me"), ("Password", "pa55"));
        Market.On("/token", _ =>
        {
            var number = Interlocked.Increment(ref _bought);
            _asked.Release();
            _may.Wait(TimeSpan.FromSeconds(30));
            return MarketServer.Reply.Text($$"""{"id_token":"token{{number}}","expires_in":3600}""");
        });
        return new ErcotTokens(new MarketContext { Client = Client, Clock = Clock, Options = new ZoneConnectorOptions { TokenUrl = Market.Url + "/token" } });
    }

    [Fact]
    public async Task GetAsync_ManyCallersAndNoToken_WaitForOnePurchase()
    {
        var tokens = Tokens();
        Task<string?>[] callers = [.. Enumerable.Range(0, 5).Select(_ => tokens.GetAsync("f", Cancel))];
        await _asked.WaitAsync(Cancel);
        Assert.DoesNotContain(callers, caller => caller.IsCompleted);

        _may.Release();

        Assert.All(await Task.WhenAll(callers), token => Assert.Equal("token1", token));
        Assert.Equal(1, _bought);
    }

    [Fact]
    public async Task GetAsync_RenewalOnItsWay_LeavesTheOthersTheTokenThatIsStillGood()
    {
        var tokens = Tokens();
        _may.Release();
        await tokens.GetAsync("f", Cancel);
        Clock.Advance(TimeSpan.FromMinutes(55));

        var renewing = tokens.GetAsync("f", Cancel);
        await _asked.WaitAsync(Cancel);
        await _asked.WaitAsync(Cancel);
        Assert.Equal("token1", await tokens.GetAsync("f", Cancel));

        _may.Release();
        Assert.Equal("token2", await renewing);
        Assert.Equal("token2", await tokens.GetAsync("f", Cancel));
    }

    [Fact]
    public async Task GetAsync_RenewalThatFails_GoesOnWithTheTokenUntilItEnds()
    {
        var tokens = Tokens();
        _may.Release();
        await tokens.GetAsync("f", Cancel);
        Market.On("/token", "down", 503);

        Clock.Advance(TimeSpan.FromMinutes(55));
        Assert.Equal("token1", await tokens.GetAsync("f", Cancel));

        Clock.Advance(TimeSpan.FromMinutes(5));
        await Assert.ThrowsAsync<Connectors.Feeds.MarketFeedException>(() => tokens.GetAsync("f", Cancel));
    }

    [Fact]
    public async Task Drop_TokenThatAnotherCallerHasReplaced_KeepsTheNewOne()
    {
        var tokens = Tokens();
        _may.Release(2);
        await tokens.GetAsync("f", Cancel);
        tokens.Drop("token1");
        Assert.Equal("token2", await tokens.GetAsync("f", Cancel));

        tokens.Drop("token1");

        Assert.Equal("token2", await tokens.GetAsync("f", Cancel));
        Assert.DoesNotContain(Log.Lines, line => line.Contains("token1", StringComparison.Ordinal) || line.Contains("pa55", StringComparison.Ordinal));
    }
}
