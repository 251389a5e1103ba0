using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Streams.Kafka.Observability;

namespace OptiBid.Streams.Kafka.Tests.Fixtures;

/// <summary>
/// What the provider of one silo measures, from when this is made. Other tests run providers of the same name beside
/// it, so only the meter of that silo's own factory is listened to.
/// </summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(string Instrument, int? Partition), double> _values = new();

    public Measured(IServiceProvider silo)
    {
        var factory = silo.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == KafkaInstruments.MeterName && ReferenceEquals(instrument.Meter.Scope, factory)) self.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Sum of a counter over all partitions, or the sum of a gauge's present values.</summary>
    public double Sum(string instrument)
    {
        _listener.RecordObservableInstruments();
        return _values.Where(entry => entry.Key.Instrument == instrument).Sum(entry => entry.Value);
    }

    /// <summary>A counter's sum or a gauge's present value for one partition number.</summary>
    public double Of(string instrument, int partition)
    {
        _listener.RecordObservableInstruments();
        return _values.GetValueOrDefault((instrument, partition));
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        int? partition = null;
        foreach (var tag in tags)
        {
            if (tag is { Key: "partition", Value: int number }) partition = number;
        }

        if (instrument.IsObservable) _values[(instrument.Name, partition)] = value;
        else _values.AddOrUpdate((instrument.Name, partition), value, (_, sum) => sum + value);
    }
}
