using OptiBid.Connectors.Time;

namespace OptiBid.Connectors.Feeds;

/// <summary>Gathers one payload's rows of load and generation into a <see cref="FeedPage"/>, as <see cref="FeedPageBuilder"/> does for prices.</summary>
/// <param name="feed">The feed that reads, for errors.</param>
/// <param name="range">What is wanted; values outside a closed range are left out.</param>
/// <param name="now">When, UTC.</param>
/// <param name="ahead">How far ahead an interval may start.</param>
internal sealed class FundamentalPageBuilder(string feed, FeedRange range, DateTimeOffset now, TimeSpan ahead)
{
    private readonly Dictionary<(FundamentalKind, DateTimeOffset, int, DateTimeOffset), Fundamental> _values = [];
    private readonly Dictionary<string, int> _rejections = new(StringComparer.Ordinal);
    private int _rows;
    private int _leftOut;
    private DateTimeOffset _lastLeftOut;

    /// <summary>The feed's name.</summary>
    public string Feed => feed;

    /// <summary>Counts a row.</summary>
    public void CountRow() => _rows++;

    /// <summary>Refuses a row.</summary>
    /// <param name="reason">Column and what was wrong with it, in words that repeat from row to row.</param>
    public void Reject(string reason) => _rejections[reason] = _rejections.GetValueOrDefault(reason) + 1;

    /// <summary>Whether an interval may start then; refuses the row when not.</summary>
    /// <param name="start">The start, UTC.</param>
    /// <param name="field">The field it stood in.</param>
    public bool Believes(DateTimeOffset start, string field)
    {
        if (start < TimeLimits.Earliest) Reject($"{field} is before {TimeLimits.Earliest.Year}");
        else if (start - now > ahead) Reject($"{field} is more than {ahead.TotalHours:0} h ahead");
        else return true;

        return false;
    }

    /// <summary>Leaves out an interval whose parts are not all there: a sum without them would be wrong.</summary>
    public void LeaveOut(DateTimeOffset start)
    {
        _leftOut++;
        _lastLeftOut = Instants.Later(_lastLeftOut, start);
    }

    /// <summary>Takes a value; of two for the same interval and publication the later counts.</summary>
    public void Add(in Fundamental value)
    {
        if (range.Wants(value.Start)) _values[(value.Kind, value.Start, value.Minutes, value.PublishedAt)] = value;
    }

    /// <summary>
    /// The page. Its cursor is the end of the newest value, and no later than now: forecasts are made anew. That the newest interval
    /// alone is not whole yet is nothing amiss; more is told.
    /// </summary>
    /// <param name="lack">What the intervals left out lack, in words.</param>
    public FeedPage Build(string lack = "they are not whole")
    {
        var end = _values.Values.Select(value => value.Start.AddMinutes(value.Minutes)).Append(DateTimeOffset.MinValue).Max();
        return new FeedPage
        {
            Fundamentals = [.. _values.Values.OrderBy(value => value.Start).ThenBy(value => value.Kind)],
            Cursor = Instants.Later(range.From, Instants.Earlier(end, now)),
            RowsRead = _rows,
            Rejections = _rejections,
            Warning = _leftOut == 0 || (_leftOut == 1 && _lastLeftOut >= end) ? null : $"{feed}: {_leftOut} intervals are left out, for {lack}",
        };
    }
}
