using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Interfaces.Json;
using OptiBid.Streams.Kafka.Codecs;

namespace OptiBid.Benchmarks.Streams;

/// <summary>The price reader and nothing else: the same work on both roads.</summary>
internal sealed class PriceCodec : IKafkaCodec<PriceTick>
{
    private readonly PriceTickReader _reader = new(new TextPool());

    public PriceTick Decode(in KafkaRecordView record) => _reader.Read(record.Value, record.Timestamp);

    public KafkaRecord Encode(PriceTick item) => throw new NotSupportedException("Nothing is published here.");
}
