using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones.Fetching;

/// <summary>What a fetch has brought so far.</summary>
internal sealed class FetchTally
{
    /// <summary>What became of its rows.</summary>
    public FeedRows Rows { get; private set; }

    /// <summary>Start of the earliest interval in the answer, UTC.</summary>
    public DateTimeOffset? First { get; private set; }

    /// <summary>Start of the latest.</summary>
    public DateTimeOffset? Last { get; private set; }

    /// <summary>The source that answered last.</summary>
    public string? Source { get; private set; }

    /// <summary>What is amiss.</summary>
    public string? Warning { get; private set; }

    /// <summary>Why most rows were refused that were, with their number.</summary>
    public string? Refusals { get; private set; }

    /// <summary>Takes in a page that is published.</summary>
    public void Add(FeedPage page, in PublishedRows.News news)
    {
        Rows += new FeedRows(page.RowsRead, news.Accepted, news.Revised, news.Duplicate, page.RowsRejected);
        Source = page.Source ?? Source;
        Warning = page.Warning ?? Warning;
        if (page.RowsRejected > 0)
        {
            var (reason, count) = page.Rejections.MaxBy(rejection => rejection.Value);
            Refusals = $"{Rows.Rejected} rows refused, {count} of them since {reason}";
        }

        if (page.Ticks.Length == 0) return;
        var (first, last) = (page.Ticks.Min(tick => tick.Timestamp), page.Ticks.Max(tick => tick.Timestamp));
        First = First is { } earlier ? Instants.Earlier(earlier, first) : first;
        Last = Last is { } later ? Instants.Later(later, last) : last;
    }
}
