using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Pjm;

/// <summary>One page of an answer, and what comes after it.</summary>
/// <param name="feed">The feed, for errors.</param>
/// <param name="rows">Its rows.</param>
/// <param name="startRow">The number of its first row, from 1.</param>
/// <param name="header">Rows there are in all, as the header says.</param>
internal sealed class PjmPage(string feed, PjmTable rows, int startRow, long? header) : IDisposable
{
    /// <summary>Most rows of a page.</summary>
    public const int MostRows = 50_000;

    /// <summary>Its rows.</summary>
    public PjmTable Rows => rows;

    /// <summary>
    /// First row of the next page, or 0 at the end of the answer; to be asked once all rows have been read. Only the row number is
    /// taken from a <c>next</c> link: the address it names may be another host, and the key goes to the configured one alone.
    /// Without a link a full page, or a total that says more, means that there is more.
    /// </summary>
    /// <returns>The row, and what is to be said of an answer that the market has cut short.</returns>
    /// <exception cref="MarketFeedException">The pages contradict each other.</exception>
    public (int Row, string? Warning) Next()
    {
        if (rows.NextRow is { } next)
            return next > startRow ? (next, null) : throw new MarketFeedException(feed, $"the next page of row {startRow} starts at row {next}");

        var last = startRow + rows.Rows - 1;
        var total = rows.Total ?? header;
        if (total is { } all ? last >= all : rows.Rows < MostRows) return (0, null);

        if (rows.Rows == 0) throw new MarketFeedException(feed, $"the answer ends at row {last} of {total}");
        return rows.IsBare || rows.Rows >= MostRows
            ? (last + 1, null)
            : (0, $"{feed}: the answer ends at row {last} of {total} and names no next page");
    }

    /// <inheritdoc/>
    public void Dispose() => rows.Dispose();
}
