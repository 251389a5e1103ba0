using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Zones.Fetching;
using OptiBid.History;

namespace OptiBid.Connectors.Tests.Zones.Fetching;

public sealed class FeedReaderTests : IDisposable
{
    private readonly TestRoad _road = new();
    private readonly ScriptedFeed _feed = new("pjm:test", TimeSpan.FromMinutes(5));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _road.Dispose();

    private Task<FetchTally> ReadAsync(IngestionReason reason = IngestionReason.Reread) =>
        new FeedReader(_feed, _road.Road).ReadAsync(new FeedRange(ScriptedFeed.Start), reason, static (_, _) => { }, Cancel);

    [Fact]
    public async Task ReadAsync_FundamentalsBeforePrices_AreJoinedToThem()
    {
        _feed.Answer = _ =>
        [
            new FeedPage { Cursor = ScriptedFeed.Start, Fundamentals = [new(FundamentalKind.LoadForecast, ScriptedFeed.Start, 60, 83_211, ScriptedFeed.Start.AddHours(-1))] },
            _feed.Page(0, 2),
        ];

        await ReadAsync();

        Assert.Equal([83_211, 83_211], _road.Published.Select(tick => tick.LoadForecast));
    }

    [Fact]
    public async Task ReadAsync_GoodFetch_LeavesARecord()
    {
        _feed.Answer = _ => [_feed.Page(3, 2) with { Source = "files" }];

        await ReadAsync();

        var record = Assert.Single(await _road.RecordsAsync());
        Assert.Equal(("pjm:test", IngestionReason.Reread, IngestionOutcome.Ok, "files"), (record.Feed, record.Reason, record.Outcome, record.Source));
        Assert.Equal((2L, 2L, 0L, 0L, 0L), (record.RowsRead, record.Accepted, record.Revised, record.Duplicate, record.Rejected));
        Assert.Equal((_feed.Tick(3).Timestamp, _feed.Tick(4).Timestamp, null), (record.FirstInterval, record.LastInterval, record.Message));
    }

    [Fact]
    public async Task ReadAsync_RefusedRows_AreToldInTheRecord()
    {
        _feed.Answer = _ => [_feed.Page(0, 1, rejected: 3)];

        await ReadAsync();

        var record = Assert.Single(await _road.RecordsAsync());
        Assert.Equal((IngestionOutcome.Partial, 3L, "3 rows refused, 3 of them since bad"), (record.Outcome, record.Rejected, record.Message));
    }

    [Theory]
    [InlineData(false, IngestionOutcome.Failed)]
    [InlineData(true, IngestionOutcome.Partial)]
    public async Task ReadAsync_MarketBreaksOff_LeavesARecordWithTheWords(bool hasRows, IngestionOutcome expected)
    {
        _feed.Answer = _ => Broken();

        await Assert.ThrowsAsync<MarketFeedException>(() => ReadAsync());

        var record = Assert.Single(await _road.RecordsAsync());
        Assert.Equal((expected, "pjm:test: HTTP 500"), (record.Outcome, record.Message));

        IEnumerable<FeedPage> Broken()
        {
            if (hasRows) yield return _feed.Page(0);
            throw new MarketFeedException("pjm:test", "HTTP 500");
        }
    }

    [Fact]
    public async Task Record_PollsEachSecond_ShareARecordByTheMinute()
    {
        _feed.Answer = _ => [_feed.Page(0)];

        for (var second = 0; second < 120; second++)
        {
            await ReadAsync(IngestionReason.Poll);
            _road.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var records = await _road.RecordsAsync();
        Assert.Equal(2, records.Length);
        Assert.Equal(120, records.Sum(record => record.RowsRead));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Record_HistoryAwayOrBroken_IsKeptAndWrittenLater(bool isAway)
    {
        _feed.Answer = _ => [_feed.Page(0)];
        _road.History.Trouble = isAway ? new HistoryUnavailableException("away", new TimeoutException()) : new InvalidOperationException("broken");

        await ReadAsync();
        Assert.Empty(await _road.RecordsAsync());

        _road.History.Trouble = null;
        Assert.Single(await _road.RecordsAsync());
    }
}
