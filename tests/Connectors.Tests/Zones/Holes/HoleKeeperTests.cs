using Microsoft.Extensions.Logging.Abstractions;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Zones.Fetching;
using OptiBid.Connectors.Zones.Fetching;
using OptiBid.Connectors.Zones.Holes;
using OptiBid.History;

namespace OptiBid.Connectors.Tests.Zones.Holes;

public sealed class HoleKeeperTests : IDisposable
{
    private readonly TestRoad _road = new();
    private readonly ScriptedFeed _feed = new("pjm:test", TimeSpan.FromMinutes(5)) { BackfillChunk = TimeSpan.FromDays(1) };
    private readonly HoleKeeper _keeper;

    public HoleKeeperTests()
    {
        _road.Clock.SetUtcNow(ScriptedFeed.Start.AddHours(2));
        _keeper = new(_road.History, [(_feed, new FeedReader(_feed, _road.Road))], _road.Clock, NullLogger.Instance);
        foreach (var interval in Enumerable.Range(0, 24).Where(interval => interval is not (7 or 8))) _road.History.Counts[_feed.Tick(interval).Timestamp] = 1;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _road.Dispose();

    private Task LookAsync() => _keeper.LookAsync(_ => _road.Clock.GetUtcNow(), Cancel);

    [Fact]
    public async Task LookAsync_IntervalsTheHistoryLacks_AreFetchedAndPublishedAndRecorded()
    {
        _feed.Answer = _ => [_feed.Page(7, 2)];

        await LookAsync();

        Assert.Equal(_feed.Tick(7).Timestamp, Assert.Single(_feed.Asked));
        Assert.Equal([7, 8], _road.Published.Select(tick => (int)tick.Price));
        var record = Assert.Single(await _road.RecordsAsync());
        Assert.Equal((IngestionReason.Hole, _feed.Tick(7).Timestamp, _feed.Tick(9).Timestamp, 2L), (record.Reason, record.RangeStart, record.RangeEnd, record.Accepted));
        Assert.Equal(2, _keeper.Open("pjm:test"));

        _road.History.Counts[_feed.Tick(7).Timestamp] = _road.History.Counts[_feed.Tick(8).Timestamp] = 1;
        await LookAsync();
        Assert.Equal(0, _keeper.Open("pjm:test"));
        Assert.Single(_feed.Asked);
    }

    [Fact]
    public async Task LookAsync_MarketHasThemNot_IsAskedEverMoreSeldomAndThenNoMore()
    {
        await LookAsync();
        await LookAsync();
        Assert.Single(_feed.Asked);

        for (var i = 0; i < 1000; i++)
        {
            _road.Clock.Advance(TimeSpan.FromMinutes(1));
            // The holes stay within what is looked at with every look.
            await _keeper.LookAsync(_ => ScriptedFeed.Start.AddHours(2), Cancel);
        }

        Assert.InRange(_feed.Asked.Count, 3, HoleKeeper.Attempts);
    }

    [Fact]
    public async Task LookAsync_HistoryOrMarketAway_IsTriedAgainWithTheNextLook()
    {
        _road.History.Trouble = new HistoryUnavailableException("away", new TimeoutException());
        await LookAsync();
        Assert.Empty(_feed.Asked);

        _road.History.Trouble = null;
        _feed.Before = _ => throw new MarketFeedException("pjm:test", "HTTP 503");
        await LookAsync();
        Assert.Single(_feed.Asked);
        Assert.Empty(_road.Published);

        _feed.Before = _ => Task.CompletedTask;
        _feed.Answer = _ => [_feed.Page(7, 2)];
        _road.Clock.Advance(TimeSpan.FromMinutes(11));
        await LookAsync();
        Assert.Equal(2, _road.Published.Count);
    }
}
