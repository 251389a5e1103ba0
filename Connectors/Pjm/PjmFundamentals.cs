using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Pjm;

/// <summary>Gathers values for the zone as a whole, and what was wrong with the rows they stood in.</summary>
internal sealed class PjmFundamentals
{
    private readonly List<Fundamental> _values = [];
    private readonly Dictionary<string, int> _rejections = new(StringComparer.Ordinal);

    /// <summary>Rows seen.</summary>
    public int Rows { get; set; }

    /// <summary>Values taken.</summary>
    public int Count => _values.Count;

    /// <summary>Takes a value.</summary>
    public void Add(in Fundamental value) => _values.Add(value);

    /// <summary>Refuses a row.</summary>
    public void Reject(string reason) => _rejections[reason] = _rejections.GetValueOrDefault(reason) + 1;

    /// <summary>The page: what was published first comes first.</summary>
    public FeedPage Build(DateTimeOffset cursor) => new()
    {
        Fundamentals = [.. _values.OrderBy(value => value.PublishedAt).ThenBy(value => value.Start)],
        Cursor = cursor,
        RowsRead = Rows,
        Rejections = _rejections,
    };
}
