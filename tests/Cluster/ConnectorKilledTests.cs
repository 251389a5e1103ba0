using System.Diagnostics;
using Confluent.Kafka;
using OptiBid.Grains.Interfaces;
using OptiBid.PostgresFixture;
using OptiBid.ProductProcess;

namespace OptiBid.Cluster.Tests;

/// <summary>The silo that reads a market dies without a word: another reads on, and says so in published prices.</summary>
public sealed class ConnectorKilledTests
{
    [Fact]
    public async Task Prices_SiloOfTheConnectorKilled_GoOnWithinThirtySeconds()
    {
        var cancellation = TestContext.Current.CancellationToken;
        Assert.SkipWhen(PostgresBinaries.WhySkip() is not null, PostgresBinaries.WhySkip() ?? "");
        await using var postgres = await PostgresServer.StartNewAsync();
        await using var deployment = await Deployment.StartAsync(await postgres.CreateDatabaseAsync(), silos: 2, cancellation, new Dictionary<string, string>
        {
            ["Connectors__PJM__Feed"] = "Simulator",
            ["Connectors__PJM__LookbackHours"] = "0.2",
            ["Connectors__PJM__Simulator__Locations"] = "900",
        });
        using var prices = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig { BootstrapServers = deployment.BootstrapServers, GroupId = "watch" }).Build();
        prices.Assign(Enumerable.Range(0, 3).Select(partition => new TopicPartitionOffset(MarketZone.PJM.Topic(), partition, Offset.Beginning)));
        await PublishedAsync(prices, 1_000, TimeSpan.FromSeconds(60), deployment, cancellation);

        // Each silo asks after the connector; only the one that has it tells where it starts from.
        var hosts = deployment.Silos.Where(silo => silo.Output.Contains("pjm:simulated_real_time_5_min:", StringComparison.Ordinal)).ToArray();
        await Assert.Single(hosts).KillAsync();
        var sinceKill = Stopwatch.StartNew();
        // What was published before the kill is read first: three seconds' worth of silence follow it.
        while (prices.Consume(TimeSpan.FromSeconds(3)) is not null) Assert.InRange(sinceKill.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));

        await PublishedAsync(prices, 20, TimeSpan.FromSeconds(30) - sinceKill.Elapsed, deployment, cancellation);
        TestContext.Current.TestOutputHelper?.WriteLine($"Prices went on {sinceKill.Elapsed.TotalSeconds:F1} s after the kill.");
    }

    private static async Task PublishedAsync(IConsumer<Ignore, Ignore> prices, int count, TimeSpan patience, Deployment deployment, CancellationToken cancellationToken)
    {
        var seen = 0;
        await Eventually.TrueAsync(
            () =>
            {
                while (seen < count && prices.Consume(TimeSpan.FromMilliseconds(50)) is not null) seen++;
                return Task.FromResult(seen >= count);
            },
            patience,
            () => $"{seen} prices published, not {count}:\n{string.Join("\n---\n", deployment.Silos.Select(silo => silo.Output))}",
            cancellationToken);
    }
}
