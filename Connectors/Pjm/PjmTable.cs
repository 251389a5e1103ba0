using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Pjm;

/// <summary>
/// The rows of one answer of Data Miner 2, one at a time and from whichever format: nothing of a row is kept once the next is
/// read. What the answer says of itself is known at its end.
/// </summary>
internal abstract class PjmTable : IDisposable
{
    /// <summary>Rows read so far.</summary>
    public int Rows { get; protected set; }

    /// <summary>Why the row cannot be used; null for a good one.</summary>
    public virtual string? Fault => null;

    /// <summary>True for a bare array or a CSV file, which say nothing of a next page themselves.</summary>
    public abstract bool IsBare { get; }

    /// <summary>Rows there are in all, where the answer says.</summary>
    public virtual long? Total => null;

    /// <summary>First row of the page that the answer says comes next.</summary>
    public virtual int? NextRow => null;

    /// <summary>The row's text in a column, blanks taken off; empty where blank, null or absent.</summary>
    public abstract ReadOnlySpan<char> this[int column] { get; }

    /// <summary>Opens an envelope, a bare array or a CSV file, and goes to its rows.</summary>
    /// <param name="feed">The feed, for errors.</param>
    /// <param name="body">The answer.</param>
    /// <param name="columns">The columns that will be looked at.</param>
    /// <exception cref="MarketFeedException">It is none of them, or it is an error.</exception>
    public static PjmTable Open(string feed, ReadOnlyMemory<byte> body, IReadOnlyList<PjmColumn> columns)
    {
        Payload.RefuseMarkup(feed, body.Span);
        Payload.RequireUtf8(feed, body.Span);
        return Payload.IsJson(body.Span) ? new PjmJsonTable(feed, body, columns) : new PjmCsvTable(feed, body, columns);
    }

    /// <summary>Goes to the next row.</summary>
    /// <exception cref="MarketFeedException">The answer breaks off, or lacks a column that must be there.</exception>
    public abstract bool Read();

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
