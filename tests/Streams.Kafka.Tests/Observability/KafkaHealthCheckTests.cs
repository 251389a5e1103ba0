using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OptiBid.Streams.Kafka.Tests.Fixtures;

namespace OptiBid.Streams.Kafka.Tests.Observability;

public class KafkaHealthCheckTests
{
    [Fact]
    public async Task Start_KafkaNotReachable_SiloStartsUnhealthyAndReadsOnceItIs()
    {
        using var broker = KafkaTestCluster.NewBroker();
        broker.SetReachable(false);
        await using var cluster = await KafkaTestCluster.StartAsync(broker: broker);
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(cluster));

        broker.SetReachable(true);

        await Eventually.TrueAsync(() => HealthAsync(cluster).Result == HealthStatus.Healthy, "healthy again", 60);
        await cluster.PublishAsync(["a:1"]);
        await Eventually.EqualAsync(1, () => cluster.Sink.Records.Count());
    }

    [Fact]
    public async Task Check_BrokerGoes_IsUnhealthy()
    {
        await using var cluster = await KafkaTestCluster.StartAsync();
        await Eventually.TrueAsync(() => HealthAsync(cluster).Result == HealthStatus.Healthy, "healthy");

        cluster.Broker.SetReachable(false);

        await Eventually.TrueAsync(() => HealthAsync(cluster).Result == HealthStatus.Unhealthy, "unhealthy");
        cluster.Broker.SetReachable(true);
    }

    private static async Task<HealthStatus> HealthAsync(KafkaTestCluster cluster) =>
        (await cluster.Orleans.Silos[0].ServiceProvider.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Status;
}
