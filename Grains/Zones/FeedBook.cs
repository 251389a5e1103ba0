using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Quality;
using OptiBid.Grains.Volatility;
using OptiBid.History;

namespace OptiBid.Grains.Zones;

/// <summary>What a zone knows of one feed: its hours of the last days, its newest interval, what is amiss with it now.</summary>
internal sealed class FeedBook(MarketZone zone, FeedKey key, QualityOptions options)
{
    /// <summary>An interval with fewer than this share of the usual locations is missing.</summary>
    public const double LeastShare = 0.5;

    /// <summary>A feed that has not been prompt for this long is held to no cadence: it was turned off, or comes days later by design.</summary>
    private static readonly TimeSpan PromptFor = TimeSpan.FromHours(48);

    private readonly Dictionary<DateTimeOffset, FeedHour> _hours = [];
    private DateTimeOffset _promptAt = DateTimeOffset.UnixEpoch;

    public FeedKey Key => key;

    public IReadOnlyDictionary<DateTimeOffset, FeedHour> Hours => _hours;

    /// <summary>Start of the newest interval; null before any.</summary>
    public DateTimeOffset? Newest { get; private set; }

    /// <summary>That it is overdue; null while it is not.</summary>
    public QualityEvent? Stale { get; set; }

    /// <summary>Time since the end of the newest interval, seconds; negative for prices set ahead.</summary>
    public double? Freshness(DateTimeOffset now) =>
        Newest is { } newest && key.Type is { } type ? Math.Round((now - newest).TotalSeconds - 60 * type.IntervalMinutes(), 1) : null;

    /// <summary>True for a feed that has delivered in time lately: only such a one can be late.</summary>
    public bool IsPrompt(DateTimeOffset now) => now - _promptAt <= PromptFor;

    public bool IsOverdue(DateTimeOffset now) =>
        key.Type is { } type && Newest is { } newest && IsPrompt(now) && options.IsDue(type, newest.AddMinutes(type.IntervalMinutes()), now);

    public FeedHour At(DateTimeOffset hour)
    {
        if (!_hours.TryGetValue(hour, out var known))
            _hours[hour] = known = new FeedHour(new() { Zone = zone, Feed = key.Feed, PriceType = key.Type, Hour = hour });
        return known;
    }

    public void Count(in FeedCounts counts, DateTimeOffset now)
    {
        At(counts.Hour).Add(counts);
        if (counts.First > 0) See(counts.Newest, now);
    }

    /// <summary>Takes an hour from the store.</summary>
    public void Load(FeedQuality stored, bool isSettled)
    {
        var hour = At(stored.Hour);
        hour.Load(stored);
        hour.IsSettled = isSettled;
        if (key.Type is not { } type || stored.Received == 0) return;

        // Which interval it was the row does not say; the last of the hour, until the history is read.
        var last = stored.Hour.AddMinutes(60 - type.IntervalMinutes());
        if (!(Newest >= last)) Newest = last;
        if (stored.Expected > 0 && stored.Hour > _promptAt) _promptAt = stored.Hour;
    }

    /// <summary>Takes in what the history has of one of its hours. Hours in order: what is usual follows from those before.</summary>
    /// <param name="start">The hour.</param>
    /// <param name="found">Its intervals that have prices of this feed.</param>
    /// <param name="now">The time.</param>
    public void Reckon(DateTimeOffset start, IReadOnlyList<SourceInterval> found, DateTimeOffset now)
    {
        if (key.Type is not { } type) return;

        foreach (var interval in found) See(interval.Start, now);
        if (found.Count == 0 && !IsPrompt(now) && !_hours.ContainsKey(start)) return;

        var hour = At(start);
        var most = found.Count == 0 ? 0 : found.Max(interval => interval.Locations);
        var isHeld = hour.IsSettled ? hour.Row.Expected is not null : IsPrompt(now) && _hours.Any(other => other.Key < start && other.Value.Row.Received > 0);
        var counts = found.ToDictionary(interval => interval.Start, interval => interval.Locations);
        var usual = Usual(start) ?? most;
        DateTimeOffset[] due = [.. Intervals(start, type).Where(interval => options.IsDue(type, interval, now))];

        // What has come whole before it was due is expected too, or it would make up for what is missing.
        var awaited = due.Union(Intervals(start, type).Where(interval => counts.GetValueOrDefault(interval) >= Math.Max(1, usual))).Count();
        hour.Set(hour.Row with
        {
            Locations = most,
            Expected = isHeld && awaited > 0 ? awaited * usual : null,
            Received = counts.Values.Sum(),
            Gaps = isHeld ? due.Count(interval => counts.GetValueOrDefault(interval) < usual * LeastShare) : 0,
        });
    }

    /// <summary>Forgets hours that are too old to change.</summary>
    public void ForgetBefore(DateTimeOffset hour)
    {
        foreach (var old in _hours.Keys.Where(start => start < hour).ToList()) _hours.Remove(old);
    }

    /// <summary>Median over the 24 hours before of the most locations that an interval had; null when none had any.</summary>
    private int? Usual(DateTimeOffset start)
    {
        double[] before = [.. _hours.Where(hour => hour.Key < start && hour.Key >= start.AddHours(-24) && hour.Value.Row.Locations > 0).Select(hour => (double)hour.Value.Row.Locations)];
        return before.Length == 0 ? null : (int)Math.Round(RobustDeviation.Median(before));
    }

    private void See(DateTimeOffset start, DateTimeOffset now)
    {
        if (key.Type is { } type && !options.IsDue(type, start, now)) _promptAt = now;
        if (!(Newest >= start)) Newest = start;
    }

    private static IEnumerable<DateTimeOffset> Intervals(DateTimeOffset hour, PriceType type)
    {
        for (var minutes = 0; minutes < 60; minutes += type.IntervalMinutes()) yield return hour.AddMinutes(minutes);
    }
}
