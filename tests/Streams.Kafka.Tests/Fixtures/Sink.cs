using System.Collections.Concurrent;
using OptiBid.Streams.Kafka.Commits;
using OptiBid.Streams.Kafka.Reading;

namespace OptiBid.Streams.Kafka.Tests.Fixtures;

/// <summary>Stands for what is durable: shared by all silos of a test, and told how to behave.</summary>
internal sealed class Sink
{
    private readonly ConcurrentQueue<Delivery> _deliveries = new();

    /// <summary>
    /// What a consumer does with a batch; by default it completes it, and when the batch was read elsewhere it moves
    /// there and throws, so that the batch is delivered to it there.
    /// </summary>
    public Func<KafkaBatch<string>, ConsumerContext, Task> OnBatch { get; set; } = (batch, context) =>
    {
        if (!batch.Position.Reader.Equals(context.Silo))
        {
            context.Migrate();
            throw new InvalidOperationException("not beside the reader; moving there");
        }

        context.Committer.Complete(batch.Position);
        return Task.CompletedTask;
    };

    public IReadOnlyCollection<Delivery> Deliveries => _deliveries;

    public IEnumerable<string> Records => _deliveries.SelectMany(delivery => delivery.Batch.Records);

    public int Distinct => Records.Distinct().Count();

    public void Add(Delivery delivery) => _deliveries.Enqueue(delivery);
}

internal sealed record Delivery(KafkaBatch<string> Batch, SiloAddress Silo);

internal sealed record ConsumerContext(IKafkaCommitter Committer, SiloAddress Silo, Action Migrate);
