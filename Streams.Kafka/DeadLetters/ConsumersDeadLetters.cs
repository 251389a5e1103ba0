using Confluent.Kafka;
using OptiBid.Streams.Kafka.Codecs;
using OptiBid.Streams.Kafka.Reading;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.DeadLetters;

/// <summary>Dead letters of records that were read and could not be used.</summary>
internal sealed class ConsumersDeadLetters<T>(DeadLetterWriter writer, Func<IKafkaCodec<T>> newCodec) : IKafkaDeadLetters<T>
{
    public Task WriteAsync(KafkaBatchPosition batch, T record, string reason, CancellationToken cancellationToken)
    {
        // Rare, so a codec each time: they may keep buffers and are not to be shared.
        var encoded = newCodec().Encode(record);
        Headers? headers = encoded.Headers is { Count: > 0 } own ? [.. own.Select(header => new Header(header.Key, header.Value))] : null;
        var poison = PoisonRecord.Of(new KafkaPartition(batch.Topic, batch.Partition), batch.FirstOffset, batch.NextOffset, reason, encoded, headers);
        return writer.WriteAsync([poison], cancellationToken);
    }
}
