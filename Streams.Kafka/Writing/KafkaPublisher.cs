using OptiBid.Streams.Kafka.Codecs;

namespace OptiBid.Streams.Kafka.Writing;

/// <summary>A writer of records that are ready to go.</summary>
internal sealed class KafkaPublisher(KafkaWriter<KafkaRecord> writer) : IKafkaPublisher
{
    public Task PublishAsync(string topic, IEnumerable<KafkaRecord> records) =>
        writer.WriteAsync(StreamId.Create(topic, KafkaStreams.ByKey), records);

    /// <summary>Records as they are. Nothing is read with it.</summary>
    internal sealed class AsIs : IKafkaCodec<KafkaRecord>
    {
        public KafkaRecord Decode(in KafkaRecordView record) => throw new NotSupportedException("Records that are ready to go are written only.");

        public KafkaRecord Encode(KafkaRecord item) => item;
    }
}
