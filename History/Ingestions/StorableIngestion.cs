using OptiBid.History.Batches;

namespace OptiBid.History.Ingestions;

/// <summary>A record of a fetch as both stores keep it.</summary>
internal static class StorableIngestion
{
    /// <summary>The record with its times in UTC to the microsecond and its message within bounds.</summary>
    /// <exception cref="HistoryRejectedException">No store could keep it; names the record and its fault.</exception>
    public static IngestionRecord From(IngestionRecord record)
    {
        if (Fault(record) is { } fault)
        {
            throw new HistoryRejectedException(
                $"The record of zone {(int)record.Zone}, feed '{StorableText.Make(record.Feed ?? "", 200)}', fetched {record.StartedAt:O} cannot be stored: {fault}.");
        }

        return record with
        {
            StartedAt = Moment.Cut(record.StartedAt),
            Duration = new(record.Duration.Ticks - (record.Duration.Ticks % TimeSpan.TicksPerMicrosecond)),
            RangeStart = Cut(record.RangeStart),
            RangeEnd = Cut(record.RangeEnd),
            FirstInterval = Cut(record.FirstInterval),
            LastInterval = Cut(record.LastInterval),
            Message = record.Message is { } message ? StorableText.Make(message, IngestionRecord.MessageLength) : null,
        };
    }

    private static string? Fault(IngestionRecord record) =>
        !Enum.IsDefined(record.Zone) ? "its zone is not known"
        : !Enum.IsDefined(record.Reason) ? $"its reason {(int)record.Reason} is not known"
        : !Enum.IsDefined(record.Outcome) ? $"its outcome {(int)record.Outcome} is not known"
        : !StorableText.Is(record.Feed) ? "its feed is not text a store can hold"
        : record.Source is not null && !StorableText.Is(record.Source) ? "its source is not text a store can hold"
        : record.Duration < TimeSpan.Zero || record.Duration > DateTimeOffset.MaxValue - record.StartedAt ? $"its duration is {record.Duration}"
        : long.Min(long.Min(record.RowsRead, record.Accepted), long.Min(record.Duplicate, long.Min(record.Revised, record.Rejected))) < 0 ? "a count of rows is negative"
        : record.RangeEnd < record.RangeStart ? $"its range ends at {record.RangeEnd:O}, before it starts at {record.RangeStart:O}"
        : record.FirstInterval is null != record.LastInterval is null ? "it has one of first and last interval, not both"
        : record.LastInterval < record.FirstInterval ? $"its last interval {record.LastInterval:O} is before its first {record.FirstInterval:O}"
        : null;

    private static DateTimeOffset? Cut(DateTimeOffset? time) => time is { } known ? Moment.Cut(known) : null;
}
