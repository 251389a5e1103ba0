using System.Text.Json;
using Confluent.Kafka;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Interfaces.Json;

namespace OptiBid.Simulator.Live;

/// <summary>Publishes ticks to the topics of their zones, keyed by location as any Java producer would place them, each exactly once and acknowledged by all replicas.</summary>
internal sealed class TickPublisher : IDisposable
{
    private static readonly TimeSpan QueueFullPause = TimeSpan.FromMilliseconds(20);

    private readonly IProducer<string, byte[]> _producer;
    private long _delivered;
    private volatile string? _problem;

    public TickPublisher(string bootstrapServers)
    {
        var settings = new ProducerConfig
        {
            BootstrapServers = bootstrapServers,
            ClientId = "optibid-simulator",
            Acks = Acks.All,
            EnableIdempotence = true,
            Partitioner = Partitioner.Murmur2Random,
            LingerMs = 10,
            MessageTimeoutMs = 15_000,
        };
        _producer = new ProducerBuilder<string, byte[]>(settings)
            .SetErrorHandler((_, error) =>
            {
                if (error.IsFatal) _problem ??= error.Reason;
            })
            // What is worth telling comes with the deliveries.
            .SetLogHandler((_, _) => { })
            .Build();
    }

    /// <summary>Ticks acknowledged.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Hands a tick over; waits while the queue to the brokers is full.</summary>
    /// <exception cref="KafkaException">An earlier tick could not be delivered.</exception>
    public async Task PublishAsync(PriceTick tick, CancellationToken cancellationToken)
    {
        var message = new Message<string, byte[]>
        {
            Key = tick.Location,
            Value = JsonSerializer.SerializeToUtf8Bytes(tick with { Revision = 1 }, PriceJsonContext.Default.PriceTick),
        };
        while (true)
        {
            ThrowOnProblem();
            try
            {
                _producer.Produce(tick.MarketZone.Topic(), message, OnDelivered);
                return;
            }
            catch (ProduceException<string, byte[]> error) when (error.Error.Code == Confluent.Kafka.ErrorCode.Local_QueueFull)
            {
                await Task.Delay(QueueFullPause, cancellationToken);
            }
        }
    }

    /// <summary>Waits until every tick is acknowledged.</summary>
    /// <exception cref="KafkaException">A tick could not be delivered.</exception>
    public void Flush(CancellationToken cancellationToken)
    {
        _producer.Flush(cancellationToken);
        ThrowOnProblem();
    }

    public void Dispose() => _producer.Dispose();

    private void OnDelivered(DeliveryReport<string, byte[]> report)
    {
        if (report.Error.IsError) _problem ??= report.Error.Reason;
        else Interlocked.Increment(ref _delivered);
    }

    private void ThrowOnProblem()
    {
        if (_problem is { } problem) throw new KafkaException(new Error(Confluent.Kafka.ErrorCode.Local_Fail, problem));
    }
}
