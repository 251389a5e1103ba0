using System.Globalization;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Quality;

/// <summary>
/// Keeps a storm from drowning those who listen: of findings about locations so many of a zone are told in a minute, beginnings
/// and ends apart; the beginnings beyond are summed up by kind when the minute is over. For one caller at a time.
/// </summary>
internal sealed class EventBudget(int perMinute)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<MarketZone, Window> _windows = [];

    /// <summary>True when the finding may be told by itself.</summary>
    public bool Admit(QualityEvent finding, DateTimeOffset now)
    {
        if (finding.Location is null) return true;
        if (!_windows.TryGetValue(finding.Zone, out var window)) _windows[finding.Zone] = window = new() { Until = now + Minute };
        if (finding.EndedAt is not null) return window.Ends++ < perMinute;
        if (window.Begins++ < perMinute) return true;

        window.Beyond[finding.Kind] = window.Beyond.TryGetValue(finding.Kind, out var sum) ? (sum.First, sum.Count + 1) : (finding, 1);
        return false;
    }

    /// <summary>The sums of minutes that are over.</summary>
    public List<QualityEvent> TakeSums(DateTimeOffset now)
    {
        var sums = new List<QualityEvent>();
        foreach (var (zone, window) in _windows.Where(pair => pair.Value.Until <= now).ToList())
        {
            sums.AddRange(window.Beyond.Values.Select(beyond => Sum(beyond.First, beyond.Count, now)));
            _windows.Remove(zone);
        }

        return sums;
    }

    private static QualityEvent Sum(QualityEvent first, int count, DateTimeOffset now) => first with
    {
        Id = QualityEvent.IdOf(first.Zone, first.Kind, "others", null, now),
        Feed = null,
        Location = null,
        PriceType = null,
        ObservedAt = now,
        Value = null,
        Limit = null,
        Count = count,
        Message = string.Create(CultureInfo.InvariantCulture, $"{count} more locations within a minute, such as {first.Location}: {first.Message}"),
    };

    private sealed class Window
    {
        public DateTimeOffset Until { get; init; }

        public int Begins { get; set; }

        public int Ends { get; set; }

        public Dictionary<QualityKind, (QualityEvent First, int Count)> Beyond { get; } = [];
    }
}
