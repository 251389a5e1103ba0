using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;

namespace OptiBid.Connectors.Nyiso;

/// <summary>Gathers what one file tells of New York as a whole into a <see cref="FeedPage"/>.</summary>
/// <param name="feed">The feed that reads, for errors.</param>
/// <param name="range">What is wanted.</param>
/// <param name="now">When, UTC.</param>
/// <param name="ahead">How far ahead an interval may start.</param>
internal sealed class NyisoFundamentals(string feed, FeedRange range, DateTimeOffset now, TimeSpan ahead)
{
    private readonly List<Fundamental> _values = [];
    private readonly Dictionary<string, int> _rejections = new(StringComparer.Ordinal);
    private int _rows;
    private int _incomplete;
    private DateTimeOffset _lastIncomplete;

    /// <summary>The feed's name.</summary>
    public string Feed => feed;

    /// <summary>Counts a row.</summary>
    public void CountRow() => _rows++;

    /// <summary>Refuses a row.</summary>
    public void Reject(string reason) => _rejections[reason] = _rejections.GetValueOrDefault(reason) + 1;

    /// <summary>Whether an interval may start then; refuses the row when not.</summary>
    public bool Believes(DateTimeOffset start)
    {
        if (start < TimeLimits.Earliest) Reject($"Time Stamp is before {TimeLimits.Earliest.Year}");
        else if (start - now > ahead) Reject($"Time Stamp is more than {ahead.TotalHours:0} h ahead");
        else return true;

        return false;
    }

    /// <summary>Notes an interval whose parts are not all there: a sum without them would be wrong. The newest one may still be written.</summary>
    public void Incomplete(DateTimeOffset start)
    {
        _incomplete++;
        _lastIncomplete = Instants.Later(_lastIncomplete, start);
    }

    /// <summary>Takes a value.</summary>
    public void Add(in Fundamental value)
    {
        if (range.Wants(value.Start)) _values.Add(value);
    }

    /// <summary>The page, its cursor at the end of the newest value.</summary>
    /// <param name="parts">What an incomplete interval lacks, in words.</param>
    public FeedPage Build(string parts)
    {
        var reached = _values.Select(value => value.Start.AddMinutes(value.Minutes)).Append(range.From).Max();
        var isNewestAlone = _incomplete == 1 && _lastIncomplete >= reached;
        return new FeedPage
        {
            Fundamentals = [.. _values.OrderBy(value => value.Start)],
            Cursor = reached,
            RowsRead = _rows,
            Rejections = _rejections,
            Warning = _incomplete == 0 || isNewestAlone ? null : $"{feed}: {_incomplete} intervals are left out, for {parts}",
        };
    }
}
