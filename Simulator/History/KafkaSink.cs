using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Live;

namespace OptiBid.Simulator.History;

/// <summary>Publishes prices to the topics of their zones.</summary>
internal sealed class KafkaSink(string bootstrapServers) : IPriceSink
{
    private readonly TickPublisher _publisher = new(bootstrapServers);

    public async ValueTask WriteAsync(PriceTick tick, CancellationToken cancellationToken) => await _publisher.PublishAsync(tick, cancellationToken);

    public Task CompleteAsync(CancellationToken cancellationToken)
    {
        _publisher.Flush(cancellationToken);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _publisher.Dispose();
        return ValueTask.CompletedTask;
    }
}
