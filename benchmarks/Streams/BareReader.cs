using Confluent.Kafka;
using OptiBid.Benchmarks.Pipeline;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Interfaces.Json;

namespace OptiBid.Benchmarks.Streams;

/// <summary>The floor: one Confluent consumer that decodes as it goes, and nothing else.</summary>
internal static class BareReader
{
    public static async Task<Measurement> MeasureAsync(LogProcess log, int partitions, long records)
    {
        var drain = new Drain(records);
        var thread = new Thread(() =>
        {
            using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
            {
                BootstrapServers = log.BootstrapServers,
                GroupId = "floor",
                EnableAutoCommit = false,
                FetchWaitMaxMs = 25,
                FetchQueueBackoffMs = 5,
            }).Build();
            consumer.Assign(Enumerable.Range(0, partitions).Select(number => new TopicPartitionOffset(MarketZone.PJM.Topic(), number, Offset.Beginning)));
            var reader = new PriceTickReader(new TextPool());
            double sum = 0;
            while (!drain.Done.IsCompleted)
            {
                if (consumer.Consume(100) is not { } record) continue;
                sum += reader.Read(record.Message.Value, record.Message.Timestamp.UtcDateTime).Price;
                drain.Add(1);
            }

            GC.KeepAlive(sum);
        });
        thread.Start();
        var measured = await drain.Done;
        thread.Join();
        return measured;
    }
}
