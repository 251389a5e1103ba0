using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Interfaces.Json;
using OptiBid.Streams.Kafka.Codecs;

namespace OptiBid.Grains.Zones;

/// <summary>Counts the records that the contract or the market's rules refuse.</summary>
internal sealed class CountedCodec(IKafkaCodec<PriceTick> codec, ZoneTallies tallies) : IKafkaCodec<PriceTick>
{
    public PriceTick Decode(in KafkaRecordView record)
    {
        try
        {
            return codec.Decode(record);
        }
        catch (PriceFormatException)
        {
            tallies.Reject(record.Topic, record.Partition, record.Offset);
            throw;
        }
    }

    public KafkaRecord Encode(PriceTick item) => codec.Encode(item);
}
