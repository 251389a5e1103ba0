using OptiBid.Grains.Interfaces;

namespace OptiBid.History;

/// <summary>
/// What one fetch of a market feed did: what was asked, what came, and what became of it. All times are UTC and kept
/// to the microsecond.
/// </summary>
public sealed record IngestionRecord
{
    /// <summary>Longest <see cref="Message"/> that is kept, in UTF-16 characters; what is beyond is cut off.</summary>
    public const int MessageLength = 2_000;

    /// <summary>The market asked.</summary>
    public required MarketZone Zone { get; init; }

    /// <summary>The feed by name, such as <c>pjm:rt_unverified_fivemin_lmps</c>.</summary>
    public required string Feed { get; init; }

    /// <summary>When the fetch began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took, retries included; not negative.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Start of the market time asked for, inclusive; null when the question named none.</summary>
    public DateTimeOffset? RangeStart { get; init; }

    /// <summary>End of the market time asked for, exclusive; null when the question named none.</summary>
    public DateTimeOffset? RangeEnd { get; init; }

    /// <summary>Which source answered, where a feed has several and a named fallback was used.</summary>
    public string? Source { get; init; }

    /// <summary>Why the fetch was made.</summary>
    public required IngestionReason Reason { get; init; }

    /// <summary>Rows in the answer.</summary>
    public long RowsRead { get; init; }

    /// <summary>Rows that were new.</summary>
    public long Accepted { get; init; }

    /// <summary>Rows that repeated a known value.</summary>
    public long Duplicate { get; init; }

    /// <summary>Rows that gave another value for a known interval.</summary>
    public long Revised { get; init; }

    /// <summary>Rows refused.</summary>
    public long Rejected { get; init; }

    /// <summary>Start of the earliest interval in the answer; null when it had none.</summary>
    public DateTimeOffset? FirstInterval { get; init; }

    /// <summary>Start of the latest interval in the answer; given when <see cref="FirstInterval"/> is, and only then.</summary>
    public DateTimeOffset? LastInterval { get; init; }

    /// <summary>How it went.</summary>
    public required IngestionOutcome Outcome { get; init; }

    /// <summary>
    /// The error or warning in words, from wherever; kept up to <see cref="MessageLength"/>, characters that no store
    /// can hold replaced by U+FFFD.
    /// </summary>
    public string? Message { get; init; }
}

/// <summary>Why a feed was fetched.</summary>
public enum IngestionReason
{
    /// <summary>It was its time: the feed's own cadence.</summary>
    Poll,

    /// <summary>Read again for what the market corrects or posts late.</summary>
    Reread,

    /// <summary>Somebody asked for the past.</summary>
    Backfill,

    /// <summary>The history was found to lack intervals.</summary>
    Hole,
}

/// <summary>How a fetch went.</summary>
public enum IngestionOutcome
{
    /// <summary>All that was asked for has come.</summary>
    Ok,

    /// <summary>Something has come, less than was asked for or not all of it fit to use.</summary>
    Partial,

    /// <summary>Nothing has come.</summary>
    Failed,
}
