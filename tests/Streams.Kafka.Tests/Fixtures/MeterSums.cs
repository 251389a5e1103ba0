using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Streams.Kafka.Observability;

namespace OptiBid.Streams.Kafka.Tests.Fixtures;

/// <summary>Adds up what providers measure, each cluster's apart: tests run beside one another. To be made before the cluster.</summary>
internal sealed class MeterSums : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(object? Factory, string Instrument, int? Partition), (double Sum, int Count)> _sums = new();

    public MeterSums()
    {
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == KafkaInstruments.MeterName) self.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The sum over a cluster's silos and its client; 0 when nothing was measured.</summary>
    public double Sum(KafkaTestCluster cluster, string instrument) => All(cluster, instrument).Sum(entry => entry.Value.Sum);

    /// <summary>How often something was measured.</summary>
    public int Count(KafkaTestCluster cluster, string instrument) => All(cluster, instrument).Sum(entry => entry.Value.Count);

    /// <summary>Asks a gauge anew and gives its sum.</summary>
    public double Gauge(KafkaTestCluster cluster, string instrument)
    {
        Ask(instrument);
        return Sum(cluster, instrument);
    }

    /// <summary>Asks a gauge anew and gives its value for one partition number.</summary>
    public double Gauge(KafkaTestCluster cluster, string instrument, int partition)
    {
        Ask(instrument);
        return Of(cluster, instrument, partition);
    }

    /// <summary>The sum for one partition number.</summary>
    public double Of(KafkaTestCluster cluster, string instrument, int partition) =>
        All(cluster, instrument).Where(entry => entry.Key.Partition == partition).Sum(entry => entry.Value.Sum);

    public void Dispose() => _listener.Dispose();

    private void Ask(string gauge)
    {
        foreach (var key in _sums.Keys.Where(key => key.Instrument == gauge)) _sums.TryRemove(key, out _);
        _listener.RecordObservableInstruments();
    }

    private IEnumerable<KeyValuePair<(object? Factory, string Instrument, int? Partition), (double Sum, int Count)>> All(KafkaTestCluster cluster, string instrument)
    {
        var factories = cluster.Orleans.Silos.Select(silo => silo.ServiceProvider)
            .Append(cluster.Orleans.Client.ServiceProvider)
            .Select(services => (object?)services.GetRequiredService<IMeterFactory>())
            .ToHashSet();
        return _sums.Where(entry => entry.Key.Instrument == instrument && factories.Contains(entry.Key.Factory));
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        int? partition = null;
        foreach (var tag in tags)
        {
            if (tag is { Key: "partition", Value: int number }) partition = number;
        }

        _sums.AddOrUpdate((instrument.Meter.Scope, instrument.Name, partition), (value, 1), (_, entry) => (entry.Sum + value, entry.Count + 1));
    }
}
