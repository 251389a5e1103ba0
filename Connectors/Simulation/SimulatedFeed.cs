using System.Runtime.CompilerServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Simulation;

/// <summary>
/// One price series of a simulated market. Its cursor is a moment of publication: a poll gives what was published
/// since, so each place moves at its own second, and nothing is published before its time.
/// </summary>
internal sealed class SimulatedFeed(SimulatedMarket market, PriceType type, TimeProvider clock) : IMarketFeed
{
    private const int PageTicks = 5000;
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromDays(7);

    private static readonly PollSchedule Often = PollSchedule.Pause(TimeSpan.FromSeconds(1));
    private static readonly PollSchedule Seldom = PollSchedule.Every(TimeSpan.FromMinutes(1), TimeSpan.Zero);

    private readonly MarketLocation[] _directory = [.. market.Locations.Select(place => place.Entry)];
    private readonly SimulatedLocation[] _byMoment = [.. market.Locations.OrderBy(place => place.Moment)];

    public string Name => market.Source(type);

    public MarketZone Zone => market.Zone;

    public PriceType? PriceType => type;

    /// <summary>A day of prices; day-ahead ones were published up to a day and a half before their hour.</summary>
    public TimeSpan Lookback => type.IsDayAhead() ? TimeSpan.FromHours(48) : TimeSpan.FromHours(24);

    /// <summary>The cursor is a moment of publication.</summary>
    public TimeSpan Ahead => TimeSpan.Zero;

    /// <summary>All of the first read after a start: without a broker of its own a process may die before it is in the history.</summary>
    public Reread Reread => new(Lookback, Every: null);

    public TimeSpan? BackfillChunk => TimeSpan.FromDays(1);

    public DateTimeOffset NextPoll(DateTimeOffset now) => (type.IsDayAhead() ? Seldom : Often).Next(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        if (range.To is { } to)
        {
            foreach (var page in Past(range.From, Instants.Earlier(to, now))) yield return page;
            yield break;
        }

        var cursor = Instants.Later(range.From, now - LongestCatchUp);

        // Runs hold what is published together, in the order of time and without overlap, so the cursor may rest between them.
        var ticks = new List<PriceTick>();
        foreach (var run in Runs(cursor, now))
        {
            cancellationToken.ThrowIfCancellationRequested();
            ticks.AddRange(run.Ticks);
            if (ticks.Count >= PageTicks)
            {
                yield return Page(ticks, Instants.Earlier(run.End, now));
                ticks.Clear();
                await Task.Yield();
            }
        }

        yield return Page(ticks, Instants.Later(cursor, ticks.Count > 0 ? ticks[^1].PublishedAt : cursor));
    }

    /// <summary>A range of the past, interval by interval.</summary>
    private IEnumerable<FeedPage> Past(DateTimeOffset from, DateTimeOffset to)
    {
        var interval = TimeSpan.FromMinutes(type.IntervalMinutes());
        var ticks = new List<PriceTick>();
        for (var start = from.Ceiling(interval); start < to; start += interval)
        {
            ticks.AddRange(Due(start, DateTimeOffset.MinValue, clock.GetUtcNow()));
            if (ticks.Count < PageTicks && start + interval < to) continue;
            yield return Page(ticks, start + interval);
            ticks.Clear();
        }
    }

    private FeedPage Page(List<PriceTick> ticks, DateTimeOffset cursor) =>
        new() { Ticks = [.. ticks], Locations = _directory, Cursor = cursor, RowsRead = ticks.Count };

    /// <summary>Ticks by the interval (or the delivery day) they were published for, and when all of a run are out.</summary>
    private IEnumerable<(IEnumerable<PriceTick> Ticks, DateTimeOffset End)> Runs(DateTimeOffset cursor, DateTimeOffset now)
    {
        if (type.IsDayAhead())
        {
            var local = MarketClocks.Of(market.Zone);
            var last = WallClock.FromUtc(now, local).Local.Date.AddDays(2);
            for (var day = WallClock.FromUtc(cursor, local).Local.Date; day < last; day = day.AddDays(1))
            {
                var hours = Hours(day, local).ToArray();
                var published = DayAheadPublication.Of(hours[0], market.Zone);
                if (published > cursor && published <= now) yield return (hours.SelectMany(hour => Due(hour, cursor, now)), published);
            }

            yield break;
        }

        var interval = TimeSpan.FromMinutes(type.IntervalMinutes());
        // A price comes out at the latest an interval and two minutes after its interval's start.
        for (var start = (cursor - interval - interval).Floor(interval); start <= now; start += interval)
            yield return (Due(start, cursor, now), market.PublishedAt(_byMoment[^1], type, start));
    }

    /// <summary>The interval's ticks published after the cursor and by now; only these are computed.</summary>
    private IEnumerable<PriceTick> Due(DateTimeOffset start, DateTimeOffset cursor, DateTimeOffset now)
    {
        foreach (var place in _byMoment)
        {
            var published = market.PublishedAt(place, type, start);
            if (published > cursor && published <= now) yield return market.Price(place, type, start);
        }
    }

    /// <summary>The hours of a market day: 23, 24 or 25.</summary>
    private static IEnumerable<DateTimeOffset> Hours(DateTime day, TimeZoneInfo local)
    {
        _ = WallClock.TryToUtc(day, repeated: false, local, out var start);
        _ = WallClock.TryToUtc(day.AddDays(1), repeated: false, local, out var end);
        for (; start < end; start = start.AddHours(1)) yield return start;
    }
}
