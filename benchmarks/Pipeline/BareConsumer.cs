using Confluent.Kafka;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Interfaces.Json;

namespace OptiBid.Benchmarks.Pipeline;

/// <summary>The floor: a Confluent consumer and the record reader, and nothing else.</summary>
internal static class BareConsumer
{
    public static async Task<Measurement> MeasureAsync(LogProcess log, int partitions, long warmUp, long records)
    {
        using var stop = new CancellationTokenSource();
        long read = 0;
        var thread = new Thread(() =>
        {
            using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
            {
                BootstrapServers = log.BootstrapServers,
                GroupId = "floor",
                EnableAutoCommit = false,
                AutoOffsetReset = AutoOffsetReset.Earliest,
            }).Build();
            consumer.Assign(Enumerable.Range(0, partitions).Select(p => new TopicPartitionOffset(MarketZone.PJM.Topic(), p, Offset.Beginning)));
            var reader = new PriceTickReader(new TextPool());
            double sum = 0;
            while (!stop.IsCancellationRequested)
            {
                if (consumer.Consume(100) is not { } record) continue;
                sum += reader.Read(record.Message.Value, DateTimeOffset.UnixEpoch).Price;
                Interlocked.Increment(ref read);
            }

            GC.KeepAlive(sum);
        });
        thread.Start();

        await Measurement.TakeAsync(log, warmUp, () => Interlocked.Read(ref read));
        var measured = await Measurement.TakeAsync(log, records, () => Interlocked.Read(ref read));
        await stop.CancelAsync();
        thread.Join();
        return measured;
    }
}
