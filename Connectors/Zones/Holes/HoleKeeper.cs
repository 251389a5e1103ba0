using Microsoft.Extensions.Logging;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Connectors.Zones.Fetching;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Connectors.Zones.Holes;

/// <summary>
/// Looks for intervals of the last days that the history lacks and fetches them again: soon, then ever more seldom, until they
/// are there or the market has shown that it does not have them. For one caller at a time.
/// </summary>
/// <param name="counts">The history.</param>
/// <param name="feeds">The feeds that read the past, with their readers.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">The log.</param>
internal sealed partial class HoleKeeper(IIntervalCounts counts, IReadOnlyList<(IMarketFeed Feed, FeedReader Reader)> feeds, TimeProvider clock, ILogger logger)
{
    /// <summary>How far back is looked with every look, and now and then.</summary>
    public static readonly TimeSpan Near = TimeSpan.FromHours(3);

    /// <summary>How far back is looked at the furthest.</summary>
    public static readonly TimeSpan Far = TimeSpan.FromDays(3);

    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    /// <summary>Times a hole is fetched before the market is believed not to have it.</summary>
    public const int Attempts = 6;

    private static readonly TimeSpan FarPause = TimeSpan.FromHours(6);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(10);

    /// <summary>What was acknowledged last may not be in the history yet.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    private readonly Dictionary<(string Feed, DateTimeOffset Start), (int Attempts, DateTimeOffset NotBefore)> _tried = [];
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private DateTimeOffset _farAt = DateTimeOffset.MinValue;

    /// <summary>Holes of a feed found with the last look, those given up included.</summary>
    public int Open(string feed) => _open.GetValueOrDefault(feed);

    /// <summary>Looks once at each feed and fetches what is due.</summary>
    /// <param name="readThrough">Up to where a feed has been read; null when it has not been yet.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task LookAsync(Func<string, DateTimeOffset?> readThrough, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var isFar = now >= _farAt;
        if (isFar) _farAt = now + FarPause;
        foreach (var (feed, reader) in feeds)
        {
            if (feed is not { PriceType: { } type, Kind: FeedKind.Prices, BackfillChunk: { } longest } || readThrough(feed.Name) is not { } reached) continue;
            var interval = TimeSpan.FromMinutes(type.IntervalMinutes());
            var to = HoleFinder.Settled(Instants.Earlier(reached, now), interval, Grace);
            var from = (now - (isFar ? Far : Near)).Floor(interval);
            if (from >= to) continue;
            try
            {
                await LookAsync(feed, reader, type, interval, longest, (from, to), cancellationToken);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                // The market, the history or Kafka is away; the next look comes.
                NotLooked(feed.Name, error.Message);
            }
        }
    }

    private async Task LookAsync(
        IMarketFeed feed, FeedReader reader, PriceType type, TimeSpan interval, TimeSpan longest, (DateTimeOffset From, DateTimeOffset To) span, CancellationToken cancellationToken)
    {
        var holes = HoleFinder.Find(await counts.CountAsync(feed.Zone, type, span.From, span.To, cancellationToken), interval, span.To).ToArray();
        _open[feed.Name] = holes.Length;
        foreach (var (of, start) in _tried.Keys.Where(key => key.Feed == feed.Name && (key.Start < clock.GetUtcNow() - Far || (key.Start >= span.From && !holes.Contains(key.Start)))).ToArray())
            _tried.Remove((of, start));

        foreach (var range in HoleFinder.Ranges(holes.Where(hole => IsDue(feed.Name, hole)), interval, longest))
        {
            // Counted before the try: a range that breaks the reader is not tried for ever.
            for (var start = range.From; start < range.To; start += interval) Note(feed.Name, start);
            Fetching(feed.Name, range.From, range.To!.Value);
            await reader.ReadAsync(range, IngestionReason.Hole, static (_, _) => { }, cancellationToken);
            reader.Published.ForgetBefore(DateTimeOffset.MaxValue);
        }
    }

    private bool IsDue(string feed, DateTimeOffset start) =>
        !_tried.TryGetValue((feed, start), out var before) || (before.Attempts < Attempts && clock.GetUtcNow() >= before.NotBefore);

    private void Note(string feed, DateTimeOffset start)
    {
        var attempts = _tried.TryGetValue((feed, start), out var before) ? before.Attempts + 1 : 1;
        _tried[(feed, start)] = (attempts, clock.GetUtcNow() + FirstWait * Math.Pow(3, attempts - 1));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Feed}: the history lacks {From:u} to {To:u}; read again")]
    private partial void Fetching(string feed, DateTimeOffset from, DateTimeOffset to);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Feed}: holes could not be looked for or filled: {Problem}")]
    private partial void NotLooked(string feed, string problem);
}
