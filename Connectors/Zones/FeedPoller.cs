using Microsoft.Extensions.Logging;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Connectors.Zones.Fetching;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Connectors.Zones;

/// <summary>
/// Polls one feed: reads on from the cursor, and moves the cursor only past what was acknowledged. For one caller at a time.
/// </summary>
/// <param name="feed">The feed.</param>
/// <param name="saved">The cursor as saved; null on a fresh deployment.</param>
/// <param name="overlap">Market time read again before the cursor on the first poll, at the least; see <see cref="IMarketFeed.Reread"/>.</param>
/// <param name="road">Where what is read goes.</param>
/// <param name="logger">The log.</param>
internal sealed partial class FeedPoller(IMarketFeed feed, DateTimeOffset? saved, TimeSpan overlap, ZoneRoad road, ILogger logger)
{
    /// <summary>A read may begin a little before what it was asked from, at the start of an interval or a day.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromDays(1);

    private readonly CursorKeeper _cursor = new(feed.Name, saved, road.Clock.GetUtcNow() + feed.Ahead, road.Publisher, logger);
    private readonly FeedReader _reader = new(feed, road);
    private readonly TaskCompletionSource _polledOnce = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset? _rereadAt;
    private FeedRows _rows;
    private FeedStatus _status = new() { Feed = feed.Name };

    /// <summary>The feed.</summary>
    public IMarketFeed Feed => feed;

    /// <summary>What the feed is doing.</summary>
    public FeedStatus Status => _status with { ReadThrough = _cursor.Value, Rows = _rows };

    /// <summary>Completes with the first poll, however it went.</summary>
    public Task PolledOnce => _polledOnce.Task;

    /// <summary>Polls once. Whatever goes wrong is told in <see cref="Status"/> and harms no other feed.</summary>
    /// <returns>The pause until the next poll.</returns>
    public async Task<TimeSpan> PollAsync(CancellationToken cancellationToken)
    {
        var started = road.Clock.GetTimestamp();
        DateTimeOffset next;
        try
        {
            _cursor.Save();
            var tally = await ReadAsync(cancellationToken);
            if (_status.Failures > 0) Recovered(feed.Name, _status.Failures);
            if (tally.Warning is { } warning && warning != _status.Warning) Amiss(warning);
            var now = road.Clock.GetUtcNow();
            _status = _status with { Failures = 0, LastSuccess = now, LastError = null, Warning = tally.Warning, Source = tally.Source };
            next = feed.NextPoll(now);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error)
        {
            // A market, the network or Kafka: each passes, none may stop the polling.
            next = Failed(error);
        }

        _polledOnce.TrySetResult();
        road.Meters.Polled(feed.Name, road.Clock.GetElapsedTime(started));
        _status = _status with { NextPoll = next };
        var pause = next - road.Clock.GetUtcNow();
        return pause > TimeSpan.Zero ? pause : TimeSpan.Zero;
    }

    /// <summary>Has the cursor saved as it stands; for when the polling has ended.</summary>
    public Task FlushAsync() => _cursor.FlushAsync();

    private async Task<FetchTally> ReadAsync(CancellationToken cancellationToken)
    {
        var started = road.Clock.GetUtcNow();
        var isReread = _rereadAt is not { } due || started >= due;
        var from = _cursor.Value is not { } cursor ? started - feed.Lookback
            : _rereadAt is null ? cursor - (overlap > feed.Reread.Span ? overlap : feed.Reread.Span)
            : isReread ? cursor - feed.Reread.Span
            : cursor;
        var before = _rows;
        var reason = isReread && feed.Reread.Every is { } pause && pause > TimeSpan.Zero ? IngestionReason.Reread : IngestionReason.Poll;
        var tally = await _reader.ReadAsync(
            new FeedRange(from),
            reason,
            (page, sofar) =>
            {
                _rows = before + sofar.Rows;
                if (page.RowsRejected > 0) Rejected(feed.Name, page.RowsRejected, page.RowsRead, page.Rejections.First().Key);
                // Where nothing was found on a fresh deployment, the next poll starts afresh.
                if (page.Ticks.Length == 0 && page.Cursor <= from) return;
                _cursor.MoveTo(Instants.Earlier(page.Cursor, road.Clock.GetUtcNow() + feed.Ahead));
                _cursor.Save();
            },
            cancellationToken);

        if (isReread) _rereadAt = feed.Reread.Every is { } every ? started + every : DateTimeOffset.MaxValue;
        if (_cursor.Value is { } reached) _reader.Published.ForgetBefore(reached - feed.Reread.Span - Slack);
        return tally;
    }

    private DateTimeOffset Failed(Exception error)
    {
        var isExpected = error is MarketFeedException;
        var words = isExpected ? error.Message : $"{feed.Name}: {error.GetType().Name}: {error.Message}";
        var now = road.Clock.GetUtcNow();
        _status = _status with { Failures = _status.Failures + 1, LastError = words, LastErrorAt = now };
        road.Meters.Failed(feed.Name);

        var pause = Backoff.After(_status.Failures, Random.Shared.NextDouble());
        if (error is MarketFeedException { RetryAfter: { } asked } && asked > pause) pause = asked;
        PollFailed(words, pause.TotalSeconds, isExpected ? null : error);
        return now + pause;
    }
}
