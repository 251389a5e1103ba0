using System.Runtime.CompilerServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Pjm;

/// <summary>Reads one price feed of PJM Data Miner 2. An answer is parsed while its ticks are published, so that few are held.</summary>
internal sealed class PjmFeed(PjmFeedDefinition definition, MarketContext market, PjmPlaces places) : IMarketFeed
{
    /// <summary>Ticks of a page at the most.</summary>
    public const int PageTicks = 10_000;

    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(7);

    private readonly DataMiner _miner = new(definition.Name, market);
    private readonly TimeProvider _clock = market.Clock;
    private readonly string? _locations = market.Options.Locations.Count > 0 ? string.Join(';', market.Options.Locations) : null;
    private readonly HashSet<string>? _only = market.Options.Locations.Count > 0 ? [.. market.Options.Locations] : null;

    public string Name => definition.Name;

    public MarketZone Zone => MarketZone.PJM;

    public FeedKind Kind => definition.Kind;

    public PriceType? PriceType => definition.PriceType;

    /// <summary>A day of five-minute prices of the whole zone is four million rows, a week of hourly ones two.</summary>
    public TimeSpan? BackfillChunk => definition.Versions is not null ? null
        : definition.PriceType == Grains.Interfaces.PriceType.RealTime5Min ? TimeSpan.FromDays(1)
        : LongestWindow;

    public TimeSpan Lookback => definition.Lookback;

    public TimeSpan Ahead => definition.Ahead + definition.Interval;

    public Reread Reread => definition.Reread;

    public DateTimeOffset NextPoll(DateTimeOffset now) => definition.Schedule.Next(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var now = _clock.GetUtcNow();
        var cursor = range.From;
        var until = range.To ?? Instants.Later(now + definition.Ahead, cursor + definition.Interval);
        var prices = new PjmPrices(this, definition, range, places);
        var windows = new Stack<PjmWindow>(PjmWindow.Split(cursor, until, LongestWindow, now - definition.ArchivedAfter, definition.Interval).Reverse());
        var reached = cursor;
        while (windows.TryPop(out var window))
        {
            if (window.LastStart(definition.Interval) < window.From) continue;

            var query = Query(window);
            PjmPage first;
            try
            {
                first = await _miner.GetAsync(query, 1, cancellationToken);
            }
            catch (MarketFeedException refusal) when (window.Instead(refusal, definition.Interval) is { Count: > 0 } instead)
            {
                foreach (var part in instead.Reverse()) windows.Push(part);
                continue;
            }

            await foreach (var page in _miner.ReadAsync(query, first, cancellationToken))
            {
                now = _clock.GetUtcNow();
                while (page.Rows.Read())
                {
                    // Rows of any hour may still lie in what is not read yet, so only a window's last page moves the cursor.
                    if (prices.Count == PageTicks) yield return Part(prices, now, ref reached) with { Cursor = cursor };
                    prices.Add(page.Rows, window.IsArchived ? _only : null, now);
                }

                var (next, warning) = page.Next();
                var rest = Part(prices, now, ref reached);
                yield return (rest with { Cursor = next > 0 ? cursor : Rest(range, reached, until, isLast: windows.Count == 0) }).With(warning);
            }
        }
    }

    private static FeedPage Part(PjmPrices prices, DateTimeOffset now, ref DateTimeOffset reached)
    {
        var page = prices.Build(reached, now);
        reached = page.Cursor;
        return page;
    }

    /// <summary>Where the cursor may rest at the end of a window.</summary>
    private DateTimeOffset Rest(FeedRange range, DateTimeOffset reached, DateTimeOffset until, bool isLast)
    {
        if (definition.Versions is not null) return isLast ? Instants.Later(reached, until) : reached;
        if (!definition.ComesByTheDay || range.To is not null) return reached;

        var day = WallClock.FromUtc(reached, MarketClocks.Eastern).Local.Date;
        // No clock of America skips midnight.
        _ = WallClock.TryToUtc(day, repeated: false, MarketClocks.Eastern, out var midnight);
        return Instants.Later(range.From, midnight);
    }

    private PjmQuery Query(PjmWindow window) => new(definition.Feed, definition.Columns)
    {
        Fields = definition.Fields,
        Sort = window.IsArchived ? null : "datetime_beginning_utc",
        Filters =
        [
            ("datetime_beginning_utc", PjmQuery.Times(window.From, window.LastStart(definition.Interval))),
            ("version_nbr", definition.Versions),
            ("pnode_id", window.IsArchived ? null : _locations),
        ],
    };
}
