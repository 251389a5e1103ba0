using OptiBid.Streams.Kafka.Codecs;
using OptiBid.Streams.Kafka.DeadLetters;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Reading;

/// <summary>Decodes a block, parting what the codec reads from what it cannot.</summary>
internal sealed class BlockDecoder<T>(KafkaPartition partition, IKafkaCodec<T> codec)
{
    public (T[] Records, List<PoisonRecord>? Poison) Decode(RecordBlock block)
    {
        var records = new T[block.Count];
        List<PoisonRecord>? poison = null;
        var decoded = 0;
        for (var index = 0; index < block.Count; index++)
        {
            ref readonly var record = ref block[index];
            try
            {
                records[decoded] = codec.Decode(block.View(record, partition));
                decoded++;
            }
            catch (FormatException error)
            {
                (poison ??= []).Add(PoisonRecord.Of(partition, block, record, error.Message));
            }
            catch (Exception error)
            {
                // The codec promises FormatException for what it cannot read; whatever else it throws, this record
                // would throw again for ever, so it is poison too, and the reason names the exception.
                (poison ??= []).Add(PoisonRecord.Of(partition, block, record, $"{error.GetType().Name}: {error.Message}"));
            }
        }

        return (decoded == records.Length ? records : records[..decoded], poison);
    }
}
