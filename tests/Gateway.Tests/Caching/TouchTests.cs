using OptiBid.Gateway.Caching;

namespace OptiBid.Gateway.Tests.Caching;

/// <summary>What is kept is not trusted when silos may have told something that did not arrive.</summary>
public sealed class TouchTests : IAsyncLifetime
{
    private CachingGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await CachingGateway.StartAsync();
        await _gateway.GetAsync();
        Assert.Equal(Answer.Hit, (await _gateway.GetAsync()).Cache);
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task NoticeLost_WhatWasReadBeforeIsOver()
    {
        _gateway.Silo.Notices++;
        _gateway.Silo.Tell();
        Assert.Equal(Answer.Stale, (await _gateway.GetAsync()).Cache);
        Assert.Equal(Answer.Hit, (await _gateway.GetAsync()).Cache);
    }

    [Fact]
    public async Task SiloSilent_NothingIsTakenFromTheCacheUntilItIsHeardAgain()
    {
        _gateway.Clock.Advance(HistoryChanges.Patience);
        Assert.Equal(Answer.Bypass, (await _gateway.GetAsync()).Cache);

        // By its number nothing was missed, so what was read before is as good as it was.
        _gateway.Silo.Tell();
        Assert.Equal(Answer.Hit, (await _gateway.GetAsync()).Cache);
    }

    [Fact]
    public async Task SiloGone_NothingIsTakenFromTheCache()
    {
        _gateway.Host.Feeds.RemoveSilo(_gateway.Silo);
        await Eventually.TrueAsync(RoundAsync(Answer.Bypass), "the silo is gone");
    }

    [Fact]
    public async Task AnotherSilo_WhatItMayHaveWrittenBeforeIsSeen()
    {
        var other = _gateway.Host.Feeds.AddSilo(2);
        await Eventually.TrueAsync(
            () =>
            {
                _gateway.Clock.Advance(TimeSpan.FromSeconds(2));
                _gateway.Silo.Tell();
                return other.Snapshots > 0;
            },
            "subscribed");
        Assert.NotEqual(Answer.Hit, (await _gateway.GetAsync()).Cache);
    }

    [Fact]
    public async Task LeaseRanOut_WhatWasReadBeforeIsOver()
    {
        _gateway.Silo.IsBroken = true;
        await Eventually.TrueAsync(RoundAsync(Answer.Bypass), "the lease is over");
        _gateway.Silo.IsBroken = false;
        await Eventually.TrueAsync(RoundAsync(Answer.Stale, Answer.Miss), "in touch again");
    }

    private Func<Task<bool>> RoundAsync(params string[] statuses) => async () =>
    {
        _gateway.Clock.Advance(TimeSpan.FromSeconds(2));
        if (!_gateway.Silo.IsBroken) _gateway.Silo.Tell();
        var answer = await _gateway.GetAsync();
        return statuses.Contains(answer.Cache);
    };
}
