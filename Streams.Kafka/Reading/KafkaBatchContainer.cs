using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace OptiBid.Streams.Kafka.Reading;

/// <summary>A batch on its way to the consumer of its partition's stream: one event.</summary>
[GenerateSerializer, Immutable, Alias("kafka.KafkaBatchContainer`1")]
internal sealed class KafkaBatchContainer<T>(StreamId streamId, KafkaBatch<T> batch) : IKafkaBatchContainer
{
    [Id(0)]
    public StreamId StreamId { get; } = streamId;

    [Id(1)]
    public KafkaBatch<T> Batch { get; } = batch;

    public KafkaBatchPosition Position => Batch.Position;

    public StreamSequenceToken SequenceToken => new EventSequenceTokenV2(Position.FirstOffset);

    public IEnumerable<Tuple<TEvent, StreamSequenceToken>> GetEvents<TEvent>()
    {
        if (Batch is not TEvent typed)
            throw new InvalidCastException($"Stream {StreamId} carries {typeof(KafkaBatch<T>)}; its consumer asks for {typeof(TEvent)}.");
        return [Tuple.Create(typed, SequenceToken)];
    }

    public bool ImportRequestContext() => false;
}

/// <summary>A batch whatever its records are.</summary>
internal interface IKafkaBatchContainer : IBatchContainer
{
    KafkaBatchPosition Position { get; }
}
