using OptiBid.Streams.Kafka.Observability;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace OptiBid.Streams.Kafka.Reading;

/// <summary>
/// A batch on its way to the consumer of its partition's stream: one event to a consumer of
/// <see cref="KafkaBatch{T}"/>; where delivery completes it, an event a record to a consumer of records.
/// </summary>
[GenerateSerializer, Immutable, Alias("kafka.KafkaBatchContainer`1")]
internal sealed class KafkaBatchContainer<T>(StreamId streamId, KafkaBatch<T> batch, bool completeOnDelivery) : IKafkaBatchContainer
{
    [Id(0)]
    public StreamId StreamId { get; } = streamId;

    [Id(1)]
    public KafkaBatch<T> Batch { get; } = batch;

    [Id(2)]
    public bool CompleteOnDelivery { get; } = completeOnDelivery;

    public KafkaBatchPosition Position => Batch.Position;

    /// <summary>Stays with the agent: it is not serialized.</summary>
    [field: NonSerialized]
    public Processing? Processing { get; init; }

    public StreamSequenceToken SequenceToken => new EventSequenceTokenV2(Position.FirstOffset);

    public IEnumerable<Tuple<TEvent, StreamSequenceToken>> GetEvents<TEvent>() => Batch switch
    {
        TEvent whole => [Tuple.Create(whole, SequenceToken)],
        { Records: TEvent[] records } when CompleteOnDelivery => records.Select((record, index) => Tuple.Create(record, (StreamSequenceToken)new EventSequenceTokenV2(Position.FirstOffset, index))),
        { Records: TEvent[] } => throw new InvalidCastException($"Stream {StreamId} gives single records only with {nameof(Hosting.KafkaStreamOptions.CompleteOnDelivery)}; without it a consumer takes {typeof(KafkaBatch<T>)} and says itself what is durable."),
        _ => throw new InvalidCastException($"Stream {StreamId} carries {typeof(KafkaBatch<T>)}; its consumer asks for {typeof(TEvent)}."),
    };

    public bool ImportRequestContext() => false;
}

/// <summary>A batch whatever its records are.</summary>
internal interface IKafkaBatchContainer : IBatchContainer
{
    KafkaBatchPosition Position { get; }

    Processing? Processing { get; }
}
