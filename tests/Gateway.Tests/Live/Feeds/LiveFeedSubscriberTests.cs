using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Live.Feeds;
using OptiBid.Gateway.Tests.Fakes;

namespace OptiBid.Gateway.Tests.Live.Feeds;

public sealed class LiveFeedSubscriberTests : IDisposable
{
    private readonly LivePrices _prices = PriceReaderTests.Table();
    private readonly MemoryFeeds _feeds = new();
    private readonly FakeTimeProvider _clock = new(Ticks.Noon);
    private readonly LogLines _log = new();
    private readonly LiveFeedSubscriber _subscriber;

    public LiveFeedSubscriberTests() =>
        _subscriber = new LiveFeedSubscriber(_feeds, _prices, Options.Create(new LiveOptions()), _clock, _log);

    public void Dispose() => _subscriber.Dispose();

    [Fact]
    public async Task SiloAppears_SubscribesThenTakesTheSnapshot()
    {
        await _subscriber.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => _subscriber.SeesCluster, "asked");
        var silo = _feeds.AddSilo();
        silo.Held.Add(Ticks.Update(price: 7));
        await RoundAsync(() => _subscriber.Links.Up == 1);

        Assert.Equal(7, _prices.Matching(new PriceFilter(ZoneSet.All)).Single().Update.Tick.Price);
        silo.Push(Ticks.Update(price: 8, interval: 1));
        Assert.Equal(8, _prices.Matching(new PriceFilter(ZoneSet.All)).Single().Update.Tick.Price);
    }

    [Fact]
    public async Task LeaseRuns_IsRenewedAtAThirdOfIt()
    {
        var silo = _feeds.AddSilo();
        await _subscriber.StartAsync(TestContext.Current.CancellationToken);
        await RoundAsync(() => silo.Subscriptions == 1);
        for (var i = 0; i < 4; i++) _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, silo.Subscriptions);
        await RoundAsync(() => silo.Subscriptions == 2);
    }

    [Fact]
    public async Task UpdateWasLost_TheNextSnapshotMakesItGood()
    {
        var silo = _feeds.AddSilo();
        await _subscriber.StartAsync(TestContext.Current.CancellationToken);
        await RoundAsync(() => silo.Snapshots == 1);
        silo.Held.Add(Ticks.Update(price: 9));

        await RoundAsync(() => silo.Snapshots == 2);
        Assert.Equal(9, _prices.Matching(new PriceFilter(ZoneSet.All)).Single().Update.Tick.Price);
    }

    [Fact]
    public async Task SiloHangs_TheOthersGoOn()
    {
        var hanging = _feeds.AddSilo(1);
        hanging.Hangs = true;
        var healthy = _feeds.AddSilo(2);
        await _subscriber.StartAsync(TestContext.Current.CancellationToken);
        await RoundAsync(() => healthy.Subscriptions >= 3);

        Assert.Equal((1, 2), _subscriber.Links);
    }

    [Fact]
    public async Task SiloGoesAndComesBack_IsDroppedAndSubscribedAnew()
    {
        var silo = _feeds.AddSilo();
        await _subscriber.StartAsync(TestContext.Current.CancellationToken);
        await RoundAsync(() => _subscriber.Links.Up == 1);
        _feeds.RemoveSilo(silo);
        await RoundAsync(() => _subscriber.Links.Active == 0);

        var restarted = _feeds.AddSilo(2);
        await RoundAsync(() => restarted.Listeners == 1 && _subscriber.Links.Up == 1);
    }

    [Fact]
    public async Task ClusterAway_IsSaidOnceAndTriedOn()
    {
        _feeds.IsAway = true;
        await _subscriber.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => _log.Lines.Count > 0, "said");
        for (var i = 0; i < 20; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        var silo = _feeds.AddSilo();
        _feeds.IsAway = false;
        await RoundAsync(() => silo.Listeners == 1 && _subscriber.Links.Up == 1);
        Assert.Single(_log.Lines, line => line.Contains("does not answer"));
        Assert.Single(_log.Lines, line => line.Contains("answers again"));
    }

    [Fact]
    public async Task SiloBroken_IsSaidOnceAndLosesItsLease()
    {
        var silo = _feeds.AddSilo();
        await _subscriber.StartAsync(TestContext.Current.CancellationToken);
        await RoundAsync(() => _subscriber.Links.Up == 1);
        silo.IsBroken = true;
        silo.Forget();
        await RoundAsync(() => _subscriber.Links.Up == 0);
        var snapshots = silo.Snapshots;
        silo.IsBroken = false;
        await RoundAsync(() => _subscriber.Links.Up == 1 && silo.Snapshots > snapshots);

        Assert.Single(_log.Lines, line => line.Contains("silo is going away"));
    }

    [Fact]
    public async Task StopAsync_Subscribed_Unsubscribes()
    {
        var silo = _feeds.AddSilo();
        await _subscriber.StartAsync(TestContext.Current.CancellationToken);
        await RoundAsync(() => silo.Listeners == 1);
        await _subscriber.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, silo.Listeners);
    }

    private Task RoundAsync(Func<bool> condition) => Eventually.TrueAsync(
        () =>
        {
            if (condition()) return true;
            _clock.Advance(TimeSpan.FromSeconds(2));
            return false;
        },
        "the subscriber gets there");
}
