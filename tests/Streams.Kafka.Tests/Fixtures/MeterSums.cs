using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Streams.Kafka.Observability;

namespace OptiBid.Streams.Kafka.Tests.Fixtures;

/// <summary>Adds up what providers measure, each cluster's apart: tests run beside one another. To be made before the cluster.</summary>
internal sealed class MeterSums : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(object? Factory, string Instrument), (double Sum, int Count)> _sums = new();

    public MeterSums()
    {
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == KafkaInstruments.MeterName) self.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument, value));
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Add(instrument, value));
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Add(instrument, value));
        _listener.Start();
    }

    /// <summary>The sum over a cluster's silos and its client; 0 when nothing was measured.</summary>
    public double Sum(KafkaTestCluster cluster, string instrument) => Of(cluster, instrument).Sum(entry => entry.Sum);

    /// <summary>How often something was measured.</summary>
    public int Count(KafkaTestCluster cluster, string instrument) => Of(cluster, instrument).Sum(entry => entry.Count);

    /// <summary>Asks the gauges anew and gives their sum.</summary>
    public double Gauge(KafkaTestCluster cluster, string instrument)
    {
        foreach (var key in _sums.Keys.Where(key => key.Instrument == instrument)) _sums.TryRemove(key, out _);
        _listener.RecordObservableInstruments();
        return Sum(cluster, instrument);
    }

    public void Dispose() => _listener.Dispose();

    private IEnumerable<(double Sum, int Count)> Of(KafkaTestCluster cluster, string instrument) =>
        cluster.Orleans.Silos.Select(silo => silo.ServiceProvider)
            .Append(cluster.Orleans.Client.ServiceProvider)
            .Select(services => (object?)services.GetRequiredService<IMeterFactory>())
            .Distinct()
            .Select(factory => _sums.GetValueOrDefault((factory, instrument)));

    private void Add(Instrument instrument, double value) =>
        _sums.AddOrUpdate((instrument.Meter.Scope, instrument.Name), (value, 1), (_, entry) => (entry.Sum + value, entry.Count + 1));
}
