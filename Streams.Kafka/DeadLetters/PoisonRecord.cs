using System.Globalization;
using System.Text;
using Confluent.Kafka;
using OptiBid.Streams.Kafka.Reading;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.DeadLetters;

/// <summary>A record the codec could not read, with all it came with.</summary>
internal sealed record PoisonRecord(KafkaPartition Partition, long Offset, string Reason, byte[]? Key, byte[]? Value, Headers? Headers, long TimestampMs)
{
    /// <summary>Longest reason kept, characters.</summary>
    private const int MaxReason = 1024;

    public static PoisonRecord Of(in KafkaPartition partition, RecordBlock block, in RawRecord record, string reason) => new(
        partition,
        record.Offset,
        reason.Length > MaxReason ? reason[..MaxReason] : reason,
        record.KeyLength < 0 ? null : block.Key(record).ToArray(),
        record.ValueLength < 0 ? null : block.Value(record).ToArray(),
        record.Headers,
        record.TimestampMs);

    /// <summary>The dead letter.</summary>
    /// <param name="maxValue">Bytes of the value kept; when that is not all, <c>dlq.truncated</c> says how many there were.</param>
    public Message<byte[]?, byte[]?> ToMessage(int maxValue = int.MaxValue)
    {
        var headers = new Headers();
        foreach (var header in Headers ?? []) headers.Add(header.Key, header.GetValueBytes());
        headers.Add("dlq.reason", Encoding.UTF8.GetBytes(Reason));
        headers.Add("dlq.topic", Encoding.UTF8.GetBytes(Partition.Topic));
        headers.Add("dlq.partition", Text(Partition.Number));
        headers.Add("dlq.offset", Text(Offset));
        var isCut = Value?.Length > maxValue;
        if (isCut) headers.Add("dlq.truncated", Text(Value!.Length));
        return new Message<byte[]?, byte[]?>
        {
            Key = Key,
            Value = isCut ? Value![..maxValue] : Value,
            Headers = headers,
            Timestamp = TimestampMs > 0 ? new Timestamp(TimestampMs, TimestampType.CreateTime) : Timestamp.Default,
        };
    }

    private static byte[] Text(long number) => Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture));
}
