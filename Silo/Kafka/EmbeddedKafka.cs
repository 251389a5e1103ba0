using OptiBid.Streams.Kafka.Embedded;

namespace OptiBid.Silo.Kafka;

/// <summary>Ends the broker inside this process with the process's host, after all that uses it.</summary>
internal sealed class EmbeddedKafka(EmbeddedBroker broker) : IHostedService, IDisposable
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => broker.Dispose();
}
