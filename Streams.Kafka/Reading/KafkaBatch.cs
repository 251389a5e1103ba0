namespace OptiBid.Streams.Kafka.Reading;

/// <summary>
/// A run of records of one partition, decoded: the event a consumer of a partition's stream receives. The
/// consumer calls <see cref="Commits.IKafkaCommitter.Complete"/> with <see cref="Position"/> once what it made of
/// them is durable; nothing is committed before. With <see cref="Hosting.KafkaStreamOptions.CompleteOnDelivery"/> a
/// batch is complete when its consumer returns, and a consumer may also receive single records.
/// </summary>
/// <param name="Position">Which records these are.</param>
/// <param name="Records">The decoded records in the order of their offsets; may be fewer than the offsets covered.</param>
/// <param name="TraceParent">W3C trace parent of the batch's <c>process</c> activity, for the consumer's own to hang on; null when nobody listens.</param>
/// <typeparam name="T">What the codec decodes to.</typeparam>
[GenerateSerializer, Immutable, Alias("kafka.KafkaBatch`1")]
public sealed record KafkaBatch<T>(
    [property: Id(0)] KafkaBatchPosition Position,
    [property: Id(1)] T[] Records,
    [property: Id(2)] string? TraceParent = null);

/// <summary>Where a batch stands in its partition.</summary>
/// <param name="Topic">Kafka topic.</param>
/// <param name="Partition">Partition number.</param>
/// <param name="Epoch">Number of the reading it belongs to: a hand-over or a rewind starts another, and an earlier one can no longer move the commit point.</param>
/// <param name="FirstOffset">First offset covered.</param>
/// <param name="NextOffset">One past the last offset covered: what is committed once this batch and all before it are complete.</param>
/// <param name="Reader">The silo that read it; only there can it be completed.</param>
[GenerateSerializer, Immutable, Alias("kafka.KafkaBatchPosition")]
public readonly record struct KafkaBatchPosition(
    [property: Id(0)] string Topic,
    [property: Id(1)] int Partition,
    [property: Id(2)] long Epoch,
    [property: Id(3)] long FirstOffset,
    [property: Id(4)] long NextOffset,
    [property: Id(5)] SiloAddress Reader);
