using OptiBid.Streams.Kafka.Tests.Fixtures;

namespace OptiBid.Streams.Kafka.Tests.Topology;

/// <summary>Hand-overs while much has been delivered that is not durable yet.</summary>
public class LateDurabilityTests
{
    private const int Partitions = 6;

    private static IEnumerable<string> Texts(int count, int from) => Enumerable.Range(from, count).Select(number => $"k{number % 997}:{number}");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SiloGone_UnderLoad_CommittedIsDurableThroughoutAndAllBecomesDurable(bool kill)
    {
        await using var application = new LateSink();
        using var broker = KafkaTestCluster.NewBroker(Partitions);
        await using var cluster = await KafkaTestCluster.StartAsync(silos: 2, broker: broker, sink: application.Sink, configure: options =>
        {
            options.MaxBatchRecords = 50;
            options.HandOverTime = TimeSpan.FromMilliseconds(100);
        });
        await cluster.SharedAsync(3);

        // What is committed is read first: durability only grows.
        void AssertDurable()
        {
            var committed = cluster.CommittedOffsets(Partitions);
            for (var partition = 0; partition < Partitions; partition++)
                Assert.True(committed[partition] <= application.DurablePoint(partition), $"partition {partition}: committed {committed[partition]}, durable {application.DurablePoint(partition)}");
        }

        var published = 0;
        var publishing = Task.Run(async () =>
        {
            for (var part = 0; part < 40; part++)
            {
                await cluster.PublishAsync(Texts(500, part * 500));
                Volatile.Write(ref published, (part + 1) * 500);
            }
        }, TestContext.Current.CancellationToken);
        var victim = cluster.Orleans.Silos[1];
        await Eventually.TrueAsync(
            () => Volatile.Read(ref published) > 4_000 && application.Durable > 1_000 && application.WaitingAt(victim.SiloAddress) > 0,
            "much is on its way");
        Task going;
        if (kill)
        {
            // It lives no longer than what it held.
            application.Die(victim.SiloAddress);
            AssertDurable();
            going = cluster.Orleans.KillSiloAsync(victim, TestContext.Current.CancellationToken);
        }
        else
        {
            going = cluster.Orleans.StopSiloAsync(victim, TestContext.Current.CancellationToken);
        }

        application.KeepsSome = false;
        while (!going.IsCompleted || !publishing.IsCompleted) AssertDurable();
        await going;
        application.Die(victim.SiloAddress);
        await publishing;
        await Eventually.TrueAsync(
            () =>
            {
                AssertDurable();
                return application.Durable == 20_000;
            },
            "all records are durable",
            90);

        await Eventually.EqualAsync(20_000, () => cluster.CommittedOffsets(Partitions).Sum(), 60);
        AssertDurable();
        if (kill) Assert.True(application.Lost > 0, "nothing was lost with the silo, so nothing was shown");
    }
}
