using System.Collections.Concurrent;
using OptiBid.Streams.Kafka.Commits;
using OptiBid.Streams.Kafka.Reading;

namespace OptiBid.Streams.Kafka.Tests.Fixtures;

/// <summary>Stands for what is durable: shared by all silos of a test, and told how to behave.</summary>
internal sealed class Sink
{
    private readonly ConcurrentQueue<Delivery> _deliveries = new();
    private int _deactivations;

    /// <summary>
    /// What a consumer does with a batch; by default it completes it, and when the batch was read elsewhere it moves
    /// there and throws, so that the batch is delivered to it there.
    /// </summary>
    public Func<KafkaBatch<string>, ConsumerContext, Task> OnBatch { get; set; } = (batch, context) =>
    {
        context.MoveToReader(batch);
        context.Committer.Complete(batch.Position);
        return Task.CompletedTask;
    };

    /// <summary>What a consumer waits for while it subscribes, before it can be given anything.</summary>
    public Func<Task> OnSubscribing { get; set; } = () => Task.CompletedTask;

    public IReadOnlyCollection<Delivery> Deliveries => _deliveries;

    public IEnumerable<string> Records => _deliveries.SelectMany(delivery => delivery.Batch.Records);

    public int Distinct => Records.Distinct().Count();

    /// <summary>Consumers that have left memory.</summary>
    public int Deactivations => Volatile.Read(ref _deactivations);

    public void Add(Delivery delivery) => _deliveries.Enqueue(delivery);

    public void CountDeactivation() => Interlocked.Increment(ref _deactivations);
}

internal sealed record Delivery(KafkaBatch<string> Batch, SiloAddress Silo);

/// <summary>What a consumer has at hand.</summary>
/// <param name="Committer">Of the silo it is on.</param>
/// <param name="Silo">That silo.</param>
/// <param name="Migrate">Makes it move to the silo of its batch's reader when its turn is over.</param>
/// <param name="Deactivate">Makes it leave memory when its turn is over.</param>
internal sealed record ConsumerContext(IKafkaCommitter Committer, SiloAddress Silo, Action Migrate, Action Deactivate)
{
    /// <summary>Throws when the batch was read on another silo, having the consumer move there.</summary>
    public void MoveToReader(KafkaBatch<string> batch)
    {
        if (batch.Position.Reader.Equals(Silo)) return;
        Migrate();
        throw new InvalidOperationException("not beside the reader; moving there");
    }
}
