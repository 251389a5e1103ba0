using System.Globalization;
using System.Text;
using Confluent.Kafka;
using OptiBid.Streams.Kafka.Codecs;
using OptiBid.Streams.Kafka.Reading;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.DeadLetters;

/// <summary>A record the codec could not read, with all it came with.</summary>
internal sealed record PoisonRecord(KafkaPartition Partition, long Offset, string Reason, byte[]? Key, byte[]? Value, Headers? Headers, long TimestampMs)
{
    private const string Prefix = "dlq.";

    /// <summary>Longest reason kept, characters.</summary>
    private const int MaxReason = 1024;

    /// <summary>When only its batch is known: one past the last offset it may have had.</summary>
    public long? NextOffset { get; init; }

    public static PoisonRecord Of(in KafkaPartition partition, RecordBlock block, in RawRecord record, string reason) => new(
        partition,
        record.Offset,
        Short(reason),
        record.KeyLength < 0 ? null : block.Key(record).ToArray(),
        record.ValueLength < 0 ? null : block.Value(record).ToArray(),
        record.Headers,
        record.TimestampMs);

    public static PoisonRecord Of(in KafkaPartition partition, long offset, long nextOffset, string reason, in KafkaRecord record, Headers? headers) =>
        new(partition, offset, Short(reason), record.Key, record.Value, headers, record.Timestamp?.ToUnixTimeMilliseconds() ?? 0) { NextOffset = nextOffset };

    /// <summary>
    /// The dead letter: the record with its key, value, headers and timestamp, and headers that say why it is here
    /// (<c>dlq.reason</c>) and where it was (<c>dlq.topic</c>, <c>dlq.partition</c>, <c>dlq.offset</c>; a record that a
    /// consumer gave back is somewhere from there to before <c>dlq.next_offset</c>). Headers of those names that it had
    /// are of an earlier failure and left out.
    /// </summary>
    /// <param name="cut">
    /// How much of it the topic takes; <c>dlq.truncated</c> says what was cut: <c>value</c> and the bytes it had,
    /// <c>headers</c> and their number, <c>key</c> and the bytes it had.
    /// </param>
    public Message<byte[]?, byte[]?> ToMessage(LetterCut cut)
    {
        var kept = (Headers ?? []).Where(header => !header.Key.StartsWith(Prefix, StringComparison.Ordinal)).ToList();
        var cuts = new List<string>();
        if (Value?.Length > cut.ValueBytes) cuts.Add($"value {Value.Length}");
        if (cut.HeaderCount < kept.Count) cuts.Add($"headers {kept.Count}");
        if (Key?.Length > cut.KeyBytes) cuts.Add($"key {Key.Length}");

        var headers = new Headers();
        foreach (var header in kept.Take(cut.HeaderCount)) headers.Add(header.Key, header.GetValueBytes());
        headers.Add("dlq.reason", Encoding.UTF8.GetBytes(Reason));
        headers.Add("dlq.topic", Encoding.UTF8.GetBytes(Partition.Topic));
        headers.Add("dlq.partition", Text(Partition.Number));
        headers.Add("dlq.offset", Text(Offset));
        if (NextOffset is { } next) headers.Add("dlq.next_offset", Text(next));
        if (cuts.Count > 0) headers.Add("dlq.truncated", Encoding.UTF8.GetBytes(string.Join(", ", cuts)));
        return new Message<byte[]?, byte[]?>
        {
            Key = Key?.Length > cut.KeyBytes ? Key[..cut.KeyBytes] : Key,
            Value = Value?.Length > cut.ValueBytes ? Value[..cut.ValueBytes] : Value,
            Headers = headers,
            Timestamp = TimestampMs > 0 ? new Timestamp(TimestampMs, TimestampType.CreateTime) : Timestamp.Default,
        };
    }

    private static string Short(string reason) => reason.Length > MaxReason ? reason[..MaxReason] : reason;

    private static byte[] Text(long number) => Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture));
}
