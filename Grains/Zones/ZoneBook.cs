using System.Globalization;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Quality;
using OptiBid.History;

namespace OptiBid.Grains.Zones;

/// <summary>All that is known of a zone's feeds. Plain state and rules: no clock, no I/O, no Orleans.</summary>
internal sealed class ZoneBook(MarketZone zone, QualityOptions options)
{
    /// <summary>Counts come ahead of the history, which writes in batches: what was counted this lately may not be there yet.</summary>
    private static readonly TimeSpan StoredWithin = TimeSpan.FromMinutes(1);

    private readonly Dictionary<FeedKey, FeedBook> _feeds = [];
    private readonly SortedDictionary<DateTimeOffset, DateTimeOffset> _corrected = [];

    public IReadOnlyCollection<FeedBook> Feeds => _feeds.Values;

    /// <summary>Hours that are over and of which prices were counted that may not have been reckoned, oldest first.</summary>
    public IReadOnlyCollection<DateTimeOffset> Corrected => _corrected.Keys;

    /// <summary>True once all of an hour's prices were due and have had time to be stored.</summary>
    public bool CanSettle(DateTimeOffset hour, DateTimeOffset now) => now >= hour.AddHours(1) + options.SettleAfter;

    /// <summary>Adds what a silo has counted.</summary>
    public List<QualityEvent> Count(IEnumerable<FeedCounts> counted, DateTimeOffset now)
    {
        var findings = new List<QualityEvent>();
        foreach (var counts in counted)
        {
            if (counts.Hour < FeedKey.HourOf(now - FeedKey.Reach)) continue;
            var feed = Of(new(counts.Feed, counts.PriceType));
            feed.Count(counts, now);
            var hour = feed.At(counts.Hour);
            if (CanSettle(counts.Hour, now) && counts.First + counts.Revised > 0) _corrected[counts.Hour] = now;
            if (counts.Rejected == 0) continue;
            Note(
                hour, QualityKind.Rejected, true, findings,
                () => Finding(feed.Key, QualityKind.Rejected, QualitySeverity.Warning, counts.Hour, now, hour.Row.Rejected, 0, $"records or rows of {feed.Key.Feed} were refused"), now);
        }

        return findings;
    }

    /// <summary>Takes in what the store has; once, whenever it answers.</summary>
    public void Load(IEnumerable<FeedQuality> stored, IEnumerable<QualityEvent> open, DateTimeOffset settledBefore)
    {
        foreach (var row in stored) Of(new(row.Feed, row.PriceType)).Load(row, row.Hour < settledBefore);
        foreach (var finding in open.Where(finding => finding.Feed is not null))
        {
            if (!_feeds.TryGetValue(new(finding.Feed!, finding.PriceType), out var feed)) continue;
            if (finding.Kind == QualityKind.StaleFeed) feed.Stale ??= finding;
            else if (feed.Hours.GetValueOrDefault(FeedKey.HourOf(finding.Timestamp)) is { } hour && hour.Open.TrueForAll(known => known.Kind != finding.Kind)) hour.Open.Add(finding);
        }
    }

    /// <summary>Takes in what the history has of a span of hours, and judges those that can be settled.</summary>
    public List<QualityEvent> Reckon(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<SourceInterval> found, DateTimeOffset now)
    {
        var findings = new List<QualityEvent>();
        var bySource = found.ToLookup(interval => (new FeedKey(interval.Source ?? FeedNames.Unnamed, interval.Type), FeedKey.HourOf(interval.Start)));
        foreach (var key in bySource.Select(group => group.Key.Item1).Distinct()) _ = Of(key);
        foreach (var feed in _feeds.Values)
        {
            for (var start = from; start < to; start = start.AddHours(1))
            {
                feed.Reckon(start, [.. bySource[(feed.Key, start)]], now);
                if (feed.Hours.TryGetValue(start, out var hour) && CanSettle(start, now)) Settle(feed, hour, findings, now);
            }
        }

        foreach (var (hour, counted) in _corrected.ToList())
        {
            if (hour >= from && hour < to && now - counted >= StoredWithin) _corrected.Remove(hour);
        }

        return findings;
    }

    /// <summary>Looks whether any feed is overdue, or no longer is.</summary>
    public List<QualityEvent> Judge(DateTimeOffset now)
    {
        var findings = new List<QualityEvent>();
        foreach (var feed in _feeds.Values)
        {
            feed.ForgetBefore(FeedKey.HourOf(now - FeedKey.Reach));
            var isOverdue = feed.IsOverdue(now);
            if (isOverdue && feed.Stale is null)
            {
                feed.Stale = Finding(
                    feed.Key, QualityKind.StaleFeed, QualitySeverity.Critical, feed.Newest!.Value, now, feed.Freshness(now), null,
                    $"{feed.Key.Feed} has brought nothing after the interval of {feed.Newest!.Value.UtcDateTime:u}");
                findings.Add(feed.Stale);
            }
            else if (!isOverdue && feed.Stale is { } stale)
            {
                findings.Add(stale with { ObservedAt = now, EndedAt = now });
                feed.Stale = null;
            }
        }

        return findings;
    }

    /// <summary>Mean of the 24-hour volatilities that the hour's prices came with, $/MWh; null where none was seen, or not of the whole hour.</summary>
    public double? Volatility(PriceType type, DateTimeOffset hour)
    {
        var (sum, count) = (0.0, 0);
        foreach (var feed in _feeds.Values.Where(feed => feed.Key.Type == type))
        {
            if (!feed.Hours.TryGetValue(hour, out var known)) continue;
            sum += known.Volatility.Sum;
            count += known.Volatility.Count;
        }

        return count > 0 ? sum / count : null;
    }

    /// <summary>Rows from an hour on, with the freshness of now in the present one; newest first.</summary>
    public FeedQuality[] Rows(DateTimeOffset from, DateTimeOffset now)
    {
        var present = FeedKey.HourOf(now);
        return
        [
            .. _feeds.Values
                .SelectMany(feed => feed.Hours.Values.Where(hour => hour.Row.Hour >= from && hour.Row.Hour <= present).Select(hour => Dated(feed, hour.Row, now)))
                .OrderByDescending(row => row.Hour).ThenBy(row => row.Feed, StringComparer.Ordinal).ThenBy(row => row.PriceType),
        ];
    }

    /// <summary>Hours whose rows the store has not got, dated now.</summary>
    public List<FeedHour> Changed(DateTimeOffset now)
    {
        var changed = new List<FeedHour>();
        foreach (var feed in _feeds.Values)
        {
            foreach (var hour in feed.Hours.Values)
            {
                if (!hour.IsChanged) continue;
                hour.Set(Dated(feed, hour.Row, now));
                changed.Add(hour);
            }
        }

        return changed;
    }

    private static FeedQuality Dated(FeedBook feed, FeedQuality row, DateTimeOffset now) =>
        row with { CalculatedAt = now, FreshnessSeconds = row.Hour == FeedKey.HourOf(now) ? feed.Freshness(now) : row.FreshnessSeconds };

    private void Settle(FeedBook feed, FeedHour hour, List<QualityEvent> findings, DateTimeOffset now)
    {
        hour.IsSettled = true;
        var row = hour.Row;
        Note(
            hour, QualityKind.Incomplete, row.Completeness < options.LeastCompleteness, findings,
            () => Finding(
                feed.Key, QualityKind.Incomplete, row.Received == 0 ? QualitySeverity.Critical : QualitySeverity.Warning, row.Hour, now, row.Completeness, options.LeastCompleteness,
                $"{feed.Key.Feed} delivered {row.Received} of {row.Expected} prices"), now);
        Note(
            hour, QualityKind.Gap, row.Gaps > 0, findings,
            () => Finding(feed.Key, QualityKind.Gap, QualitySeverity.Warning, row.Hour, now, row.Gaps, 0, $"{feed.Key.Feed} lacks {row.Gaps} intervals of the hour"), now);
        Note(hour, QualityKind.Rejected, false, findings, static () => throw new InvalidOperationException("Nothing begins here."), now);
    }

    private static void Note(FeedHour hour, QualityKind kind, bool isSo, List<QualityEvent> findings, Func<QualityEvent> begin, DateTimeOffset now)
    {
        var known = hour.Open.FindIndex(finding => finding.Kind == kind);
        if (isSo && known < 0)
        {
            var finding = begin();
            hour.Open.Add(finding);
            findings.Add(finding);
        }
        else if (!isSo && known >= 0)
        {
            findings.Add(hour.Open[known] with { ObservedAt = now, EndedAt = now });
            hour.Open.RemoveAt(known);
        }
    }

    private QualityEvent Finding(
        FeedKey feed, QualityKind kind, QualitySeverity severity, DateTimeOffset began, DateTimeOffset now, double? value, double? limit, FormattableString message) => new()
        {
            Id = QualityEvent.IdOf(zone, kind, feed.Feed, feed.Type, began),
            Zone = zone,
            Feed = feed.Feed,
            PriceType = feed.Type,
            Kind = kind,
            Severity = severity,
            Timestamp = began,
            ObservedAt = now,
            Value = value,
            Limit = limit,
            Message = message.ToString(CultureInfo.InvariantCulture),
        };

    private FeedBook Of(FeedKey key)
    {
        if (_feeds.TryGetValue(key, out var feed)) return feed;
        if (_feeds.Count >= 4 * FeedKey.Most) key = key with { Feed = FeedNames.Others };
        return _feeds.TryGetValue(key, out feed) ? feed : _feeds[key] = new FeedBook(zone, key, options);
    }
}
