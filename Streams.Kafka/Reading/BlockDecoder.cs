using OptiBid.Streams.Kafka.Codecs;
using OptiBid.Streams.Kafka.DeadLetters;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Reading;

/// <summary>Decodes a block, parting what the codec reads from what it cannot.</summary>
internal sealed class BlockDecoder<T>(KafkaPartition partition, IKafkaCodec<T> codec)
{
    /// <summary>Decodes all records of a block.</summary>
    /// <param name="block">The records, undecoded.</param>
    /// <param name="last">
    /// True when this is the last attempt: what the codec fails on for any reason is poison, since it may fail on it
    /// for ever, and the reason names the exception.
    /// </param>
    /// <exception cref="DecodingFailedException">The codec failed on a record without saying that it is poison.</exception>
    public (T[] Records, List<PoisonRecord>? Poison) Decode(RecordBlock block, bool last)
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
            catch (Exception error) when (last && error is not OutOfMemoryException)
            {
                (poison ??= []).Add(PoisonRecord.Of(partition, block, record, $"{error.GetType().Name}: {error.Message}"));
            }
            catch (Exception error)
            {
                throw new DecodingFailedException(record.Offset, error);
            }
        }

        return (decoded == records.Length ? records : records[..decoded], poison);
    }
}

/// <summary>The codec failed on a record, perhaps for now only.</summary>
internal sealed class DecodingFailedException(long offset, Exception cause)
    : Exception($"offset {offset} could not be decoded: {cause.GetType().Name}: {cause.Message}", cause);
