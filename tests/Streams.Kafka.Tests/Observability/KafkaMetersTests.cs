using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using OptiBid.Streams.Kafka.Observability;
using OptiBid.Streams.Kafka.Tests.Fixtures;

namespace OptiBid.Streams.Kafka.Tests.Observability;

public class KafkaMetersTests
{
    [Fact]
    public async Task Instruments_RecordsPoisonAndCommits_AreMeasured()
    {
        var sums = new ConcurrentDictionary<string, double>();
        var topic = "t" + Guid.NewGuid().ToString("N");
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == KafkaInstruments.MeterName) self.EnableMeasurementEvents(instrument);
        };
        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
            {
                if (!Equals(tag.Value, topic)) continue;
                if (instrument.IsObservable) sums[instrument.Name] = value;
                else sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
            }
        }

        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();

        // Other tests run providers of the same name beside this one, so it has a topic of its own.
        var sink = new Sink { OnBatch = (_, _) => Task.CompletedTask };
        await using var cluster = await KafkaTestCluster.StartAsync(sink: sink, configure: options =>
        {
            options.Topics.Add(new OptiBid.Streams.Kafka.Hosting.KafkaTopic { Name = topic });
            options.MetadataRefresh = TimeSpan.FromMilliseconds(100);
        });
        cluster.Broker.CreateTopic(topic, 1);
        var stream = cluster.Orleans.Client.GetStreamProvider(KafkaTestCluster.Provider);
        await stream.GetStream<string>(StreamId.Create(topic, "0")).OnNextBatchAsync(["a:1", "poison:1", "a:2"]);

        await Eventually.TrueAsync(() => sums.GetValueOrDefault("kafka.records.read") >= 2, "records are read");
        Assert.Equal(1, sums["kafka.dead_letters"]);
        Assert.Equal(3, sums["kafka.records.published"]);
        Assert.Equal(2, sums["kafka.batch.records"]);
        await Eventually.TrueAsync(
            () =>
            {
                listener.RecordObservableInstruments();
                return sums.GetValueOrDefault("kafka.lag") == 3;
            },
            "the lag is seen");
    }
}
