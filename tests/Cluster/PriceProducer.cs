using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Interfaces.Json;

namespace OptiBid.Cluster.Tests;

/// <summary>Anyone else's producer: JSON of the wire contract, keyed by location, counted when acknowledged.</summary>
internal sealed class PriceProducer(string bootstrapServers) : IDisposable
{
    private readonly IProducer<byte[]?, byte[]?> _producer = new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig
    {
        BootstrapServers = bootstrapServers,
        EnableIdempotence = true,
        Partitioner = Partitioner.Murmur2Random,
        LingerMs = 5,
    }).Build();

    public async Task SendAsync(IEnumerable<PriceTick> ticks, CancellationToken cancellationToken)
    {
        var sends = ticks.Select(tick => SendAsync(
            tick.MarketZone.Topic(),
            Encoding.UTF8.GetBytes(tick.Location),
            JsonSerializer.SerializeToUtf8Bytes(tick, PriceJsonContext.Default.PriceTick),
            cancellationToken));
        await Task.WhenAll(sends);
    }

    public async Task SendAsync(string topic, byte[]? key, byte[]? value, CancellationToken cancellationToken)
    {
        var result = await _producer.ProduceAsync(topic, new Message<byte[]?, byte[]?> { Key = key, Value = value }, cancellationToken);
        Assert.Equal(PersistenceStatus.Persisted, result.Status);
    }

    public void Dispose() => _producer.Dispose();
}
