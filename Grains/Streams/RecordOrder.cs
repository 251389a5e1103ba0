namespace OptiBid.Grains.Streams;

/// <summary>
/// A record's place in the order of a location's records, as one number: its Kafka timestamp, then its offset. The
/// offset alone says nothing once the log begins anew, as that of a recreated topic does, or that of the broker
/// inside the process at each start. A record that is delivered again has the number it had.
/// </summary>
internal static class RecordOrder
{
    // 43 bits of milliseconds reach to the year 2248. Within one millisecond the offset's lower 20 bits decide: a
    // million records.
    private const int OffsetBits = 20;
    private const long LastMillisecond = (1L << 43) - 1;
    private const long OffsetMask = (1L << OffsetBits) - 1;

    /// <summary>The number of a record.</summary>
    /// <param name="timestamp">The record's Kafka timestamp; before 1970 for a record without one, which its offset alone orders.</param>
    /// <param name="offset">Its offset in its partition.</param>
    public static long Of(DateTimeOffset timestamp, long offset) =>
        timestamp.ToUnixTimeMilliseconds() is var milliseconds and > 0
            ? (Math.Min(milliseconds, LastMillisecond) << OffsetBits) | (offset & OffsetMask)
            : offset;
}
