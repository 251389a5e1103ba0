using Microsoft.Extensions.Logging;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones;

/// <summary>
/// Polls one feed: reads on from the cursor, publishes page by page, and moves the cursor only past what was
/// acknowledged. For one caller at a time.
/// </summary>
/// <param name="feed">The feed.</param>
/// <param name="saved">The cursor as saved; null on a fresh deployment.</param>
/// <param name="overlap">Market time read again before the cursor on the first poll, at the least; see <see cref="IMarketFeed.Reread"/>.</param>
/// <param name="publisher">Where ticks and cursor go.</param>
/// <param name="locations">Where places go.</param>
/// <param name="clock">The time.</param>
/// <param name="meters">Counts.</param>
/// <param name="logger">The log.</param>
internal sealed partial class FeedPoller(
    IMarketFeed feed,
    DateTimeOffset? saved,
    TimeSpan overlap,
    IPricePublisher publisher,
    LocationRecorder locations,
    TimeProvider clock,
    ConnectorMeters meters,
    ILogger logger)
{
    /// <summary>Ticks published in one batch at the most.</summary>
    public const int ChunkTicks = 10_000;

    /// <summary>A read may begin a little before what it was asked from, at the start of an interval or a day.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromDays(1);

    private readonly CursorKeeper _cursor = new(feed.Name, saved, clock.GetUtcNow() + feed.Ahead, publisher, logger);
    private readonly PublishedRows? _published = feed.Reread.Every is null ? null : new();
    private DateTimeOffset? _rereadAt;
    private int _failures;
    private DateTimeOffset? _lastSuccess;
    private DateTimeOffset? _lastErrorAt;
    private string? _lastError;
    private string? _warning;
    private long _rowsRead;
    private long _rowsRejected;
    private DateTimeOffset? _nextPoll;

    /// <summary>What the feed is doing.</summary>
    public FeedStatus Status => new(feed.Name, _lastSuccess, _lastError, _lastErrorAt, _rowsRead, _rowsRejected, _cursor.Value, _nextPoll);

    /// <summary>Polls once. Whatever goes wrong is told in <see cref="Status"/> and harms no other feed.</summary>
    /// <returns>The pause until the next poll.</returns>
    public async Task<TimeSpan> PollAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        DateTimeOffset next;
        try
        {
            _cursor.Save();
            await ReadAsync(cancellationToken);
            if (_failures > 0) Recovered(feed.Name, _failures);
            _failures = 0;
            _lastSuccess = clock.GetUtcNow();
            _lastError = _warning;
            if (_warning is not null) _lastErrorAt = _lastSuccess;
            next = feed.NextPoll(_lastSuccess.Value);
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

        meters.Polled(feed.Name, clock.GetElapsedTime(started));
        _nextPoll = next;
        var pause = next - clock.GetUtcNow();
        return pause > TimeSpan.Zero ? pause : TimeSpan.Zero;
    }

    /// <summary>Has the cursor saved as it stands; for when the polling has ended.</summary>
    public Task FlushAsync() => _cursor.FlushAsync();

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetUtcNow();
        var isReread = _rereadAt is not { } due || started >= due;
        var from = _cursor.Value is not { } cursor ? started - feed.Lookback
            : _rereadAt is null ? cursor - (overlap > feed.Reread.Span ? overlap : feed.Reread.Span)
            : isReread ? cursor - feed.Reread.Span
            : cursor;
        var before = _warning;
        _warning = null;
        await foreach (var page in feed.FetchAsync(new FeedRange(from), cancellationToken).WithCancellation(cancellationToken))
        {
            _rowsRead += page.RowsRead;
            _rowsRejected += page.RowsRejected;
            if (page.RowsRejected > 0) Rejected(feed.Name, page.RowsRejected, page.RowsRead, page.Rejections.First().Key);

            if (page.Warning is { } warning)
            {
                // Said once and shown for as long as it lasts.
                if (warning != before && warning != _warning) Amiss(warning);
                _warning = warning;
            }

            await locations.RecordAsync(page.Locations, cancellationToken);
            meters.Published(feed.Name, page, await PublishAsync(page.Ticks));
            // Where nothing was found on a fresh deployment, the next poll starts afresh.
            if (page.Ticks.Length == 0 && page.Cursor <= from) continue;
            _cursor.MoveTo(Instants.Earlier(page.Cursor, clock.GetUtcNow() + feed.Ahead));
            _cursor.Save();
        }

        if (isReread) _rereadAt = feed.Reread.Every is { } every ? started + every : DateTimeOffset.MaxValue;
        if (_cursor.Value is { } reached) _published?.ForgetBefore(reached - feed.Reread.Span - Slack);
    }

    /// <summary>Publishes what has not been published yet, and says how much that was.</summary>
    private async Task<int> PublishAsync(PriceTick[] ticks)
    {
        var news = _published?.Take(ticks) ?? ticks;
        try
        {
            foreach (var chunk in news.Chunk(ChunkTicks)) await publisher.PublishAsync(chunk);
        }
        catch
        {
            // Whatever went wrong, what may not have arrived is published again.
            _published?.Release(news);
            throw;
        }

        return news.Length;
    }

    private DateTimeOffset Failed(Exception error)
    {
        _failures++;
        _lastErrorAt = clock.GetUtcNow();
        var isExpected = error is MarketFeedException;
        _lastError = isExpected ? error.Message : $"{feed.Name}: {error.GetType().Name}: {error.Message}";
        meters.Failed(feed.Name);

        var pause = Backoff.After(_failures, Random.Shared.NextDouble());
        if (error is MarketFeedException { RetryAfter: { } asked } && asked > pause) pause = asked;
        PollFailed(_lastError, pause.TotalSeconds, isExpected ? null : error);
        return _lastErrorAt.Value + pause;
    }
}
