using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones.Fundamentals;

/// <summary>
/// What is known of a zone's load and generation, interval by interval and publication by publication, so that a price can be
/// given what was known when it was published and nothing that came later. Bounded. For one caller at a time.
/// </summary>
/// <remarks>
/// A price's load forecast is the newest one for its interval that was published no later than the price. Its renewable share is
/// that of the last interval, at most <see cref="ShareReach"/> before the price's, whose generation was known by then; where
/// none was, as for day-ahead prices, the forecast of wind and solar as a share of the load forecast.
/// </remarks>
internal sealed class ZoneFundamentals
{
    /// <summary>How old a renewable share may be and still be told: hourly ones come out an hour late, and some markets later.</summary>
    public static readonly TimeSpan ShareReach = TimeSpan.FromHours(3);

    private const int PublicationsKept = 24;

    private readonly Dictionary<(FundamentalKind Kind, int Minutes), SortedDictionary<DateTimeOffset, List<(DateTimeOffset PublishedAt, double Value)>>> _series = [];
    private (DateTimeOffset Start, DateTimeOffset Known) _asked;
    private (double? LoadForecast, double? RenewablePercentage)? _answer;

    /// <summary>Takes values in.</summary>
    public void Add(IEnumerable<Fundamental> values)
    {
        foreach (var value in values)
        {
            if (!double.IsFinite(value.Value) || value.Minutes <= 0) continue;
            var key = (value.Kind, value.Minutes);
            if (!_series.TryGetValue(key, out var intervals)) _series[key] = intervals = [];
            var start = value.Start.Floor(TimeSpan.FromMinutes(value.Minutes));
            if (!intervals.TryGetValue(start, out var publications)) intervals[start] = publications = [];
            publications.RemoveAll(known => known.PublishedAt == value.PublishedAt);
            var at = publications.FindIndex(known => known.PublishedAt > value.PublishedAt);
            publications.Insert(at < 0 ? publications.Count : at, (value.PublishedAt, value.Value));
            if (publications.Count > PublicationsKept) publications.RemoveAt(0);
            _answer = null;
        }
    }

    /// <summary>Forgets the intervals that start before an instant.</summary>
    public void ForgetBefore(DateTimeOffset start)
    {
        foreach (var intervals in _series.Values)
        {
            while (intervals.Count > 0 && intervals.First().Key is var first && first < start) intervals.Remove(first);
        }
    }

    /// <summary>Prices with the zone's load forecast and renewable share, where they have none of their own.</summary>
    public PriceTick[] Join(PriceTick[] ticks) => _series.Count == 0 ? ticks : [.. ticks.Select(Join)];

    /// <summary>The newest value of an interval, published no later than <paramref name="known"/>.</summary>
    public double? At(FundamentalKind kind, DateTimeOffset instant, DateTimeOffset known)
    {
        (DateTimeOffset PublishedAt, double Value)? best = null;
        foreach (var ((of, minutes), intervals) in _series)
        {
            if (of != kind || !intervals.TryGetValue(instant.Floor(TimeSpan.FromMinutes(minutes)), out var publications)) continue;
            var last = publications.FindLastIndex(publication => publication.PublishedAt <= known);
            if (last >= 0 && (best is null || publications[last].PublishedAt > best.Value.PublishedAt)) best = publications[last];
        }

        return best?.Value;
    }

    /// <summary>The value of the newest interval that has begun by now; null where there is none.</summary>
    public double? Newest(FundamentalKind kind, DateTimeOffset now)
    {
        (DateTimeOffset Start, double Value)? best = null;
        foreach (var ((of, _), intervals) in _series)
        {
            if (of != kind) continue;
            var last = intervals.LastOrDefault(interval => interval.Key <= now);
            if (last.Value is { Count: > 0 } publications && (best is null || last.Key > best.Value.Start)) best = (last.Key, publications[^1].Value);
        }

        return best?.Value;
    }

    /// <summary>The renewable share for an interval as known then, percent.</summary>
    public double? RenewablePercentage(DateTimeOffset start, DateTimeOffset known)
    {
        for (var instant = start; instant > start - ShareReach; instant -= TimeSpan.FromMinutes(5))
        {
            if (At(FundamentalKind.RenewableShare, instant, known) is { } share) return Math.Round(Math.Clamp(share, 0, 100), 1);
        }

        var (wind, solar) = (At(FundamentalKind.WindForecast, start, known), At(FundamentalKind.SolarForecast, start, known));
        return (wind ?? solar) is not null && At(FundamentalKind.LoadForecast, start, known) is > 0 and var load
            ? Math.Round(Math.Clamp(((wind ?? 0) + (solar ?? 0)) / load * 100, 0, 100), 1)
            : null;
    }

    private PriceTick Join(PriceTick tick)
    {
        if (tick is { LoadForecast: not null, RenewablePercentage: not null }) return tick;
        // The prices of one interval come together, so one answer serves thousands.
        if (_answer is null || _asked != (tick.Timestamp, tick.PublishedAt))
        {
            _asked = (tick.Timestamp, tick.PublishedAt);
            _answer = (At(FundamentalKind.LoadForecast, tick.Timestamp, tick.PublishedAt), RenewablePercentage(tick.Timestamp, tick.PublishedAt));
        }

        var (forecast, share) = _answer.Value;
        return tick with { LoadForecast = tick.LoadForecast ?? forecast, RenewablePercentage = tick.RenewablePercentage ?? share };
    }
}
