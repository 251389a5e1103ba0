using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;

namespace OptiBid.Connectors.Caiso.Fundamentals;

/// <summary>Gathers rows of load and generation into a <see cref="FeedPage"/>.</summary>
/// <param name="range">What was asked for.</param>
/// <param name="now">When, UTC.</param>
internal sealed class FundamentalPage(FeedRange range, DateTimeOffset now)
{
    /// <summary>No forecast reaches further.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(15);

    private readonly Dictionary<(FundamentalKind, DateTimeOffset, int, DateTimeOffset), Fundamental> _values = [];
    private readonly Dictionary<string, int> _rejections = new(StringComparer.Ordinal);
    private int _rows;

    /// <summary>Counts a row.</summary>
    public void CountRow() => _rows++;

    /// <summary>Refuses a row.</summary>
    public void Reject(string reason) => _rejections[reason] = _rejections.GetValueOrDefault(reason) + 1;

    /// <summary>Whether an interval may start then; refuses the row when not.</summary>
    public bool Believes(DateTimeOffset start, string field)
    {
        if (start < TimeLimits.Earliest) Reject($"{field} is before {TimeLimits.Earliest.Year}");
        else if (start - now > Furthest) Reject($"{field} is more than {Furthest.TotalDays:0} days ahead");
        else return true;

        return false;
    }

    /// <summary>Takes a value; of two that are the same in all else the later counts.</summary>
    public void Add(Fundamental value)
    {
        if (range.Wants(value.Start)) _values[(value.Kind, value.Start, value.Minutes, value.PublishedAt)] = value;
    }

    /// <summary>The page. The cursor stands behind the last interval, and no later than now: what is to come is forecast anew.</summary>
    public FeedPage Build(string? warning = null)
    {
        var cursor = range.From;
        Fundamental[] values = [.. _values.Values.OrderBy(value => value.Start).ThenBy(value => value.Kind)];
        foreach (var value in values) cursor = Instants.Later(cursor, value.Start.AddMinutes(value.Minutes));
        return new FeedPage { Fundamentals = values, Cursor = Instants.Later(range.From, Instants.Earlier(cursor, now)), RowsRead = _rows, Rejections = _rejections, Warning = warning };
    }
}
