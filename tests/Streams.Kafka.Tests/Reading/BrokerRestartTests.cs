using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OptiBid.Streams.Kafka.Tests.Fixtures;
using OptiBid.Streams.Kafka.Writing;

namespace OptiBid.Streams.Kafka.Tests.Reading;

public class BrokerRestartTests
{
    [Fact]
    public async Task BrokerGone_AgainAndAgainUnderLoad_AllAcknowledgedRecordsArriveAndAllIsCommitted()
    {
        await using var cluster = await KafkaTestCluster.StartAsync(configure: options => options.PublishTimeout = TimeSpan.FromSeconds(2));
        var acknowledged = new ConcurrentDictionary<string, bool>();
        var failures = 0;
        using var stop = new CancellationTokenSource();

        async Task PublishAsync(int publisher)
        {
            for (var part = 0; !stop.IsCancellationRequested; part++)
            {
                var texts = Enumerable.Range(part * 50, 50).Select(number => $"k{publisher}:{publisher}-{number}").ToList();
                var told = false;
                while (!told)
                {
                    try
                    {
                        await cluster.PublishAsync(texts);
                        told = true;
                    }
                    catch (KafkaPublishException)
                    {
                        // The client's part: what was not acknowledged is published again.
                        Interlocked.Increment(ref failures);
                    }
                }

                foreach (var text in texts) acknowledged[text] = true;
            }
        }

        var publishing = Enumerable.Range(0, 4).Select(publisher => Task.Run(() => PublishAsync(publisher), TestContext.Current.CancellationToken)).ToList();
        for (var restart = 0; restart < 4; restart++)
        {
            var before = acknowledged.Count;
            await Eventually.TrueAsync(() => acknowledged.Count > before + 1_000, "records are acknowledged", 60);
            cluster.Broker.SetReachable(false);
            await cluster.BecomesAsync(HealthStatus.Unhealthy);

            // Once also for longer than a record may wait for its acknowledgement.
            var failed = Volatile.Read(ref failures);
            if (restart == 2) await Eventually.TrueAsync(() => Volatile.Read(ref failures) > failed, "a publisher is told that its records were not acknowledged", 60);
            cluster.Broker.SetReachable(true);
            await cluster.BecomesAsync(HealthStatus.Healthy);
        }

        await stop.CancelAsync();
        await Task.WhenAll(publishing);

        var produced = cluster.Ends();
        await Eventually.EqualAsync(produced.Sum(), cluster.Committed, 60);
        Assert.True(failures > 0);
        Assert.Empty(acknowledged.Keys.Except(cluster.Sink.Records));
        for (var partition = 0; partition < produced.Length; partition++)
        {
            var next = 0L;
            foreach (var position in cluster.Sink.Deliveries.Select(delivery => delivery.Batch.Position).Where(position => position.Partition == partition).OrderBy(position => position.FirstOffset))
            {
                Assert.True(position.FirstOffset <= next, $"partition {partition}: nothing delivered from {next} to {position.FirstOffset}");
                next = Math.Max(next, position.NextOffset);
            }

            Assert.Equal(produced[partition], next);
        }
    }
}
