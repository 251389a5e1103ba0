using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace OptiBid.Gateway.Tests.Caching;

/// <summary>Sums one of a gateway's instruments by outcome.</summary>
internal sealed class CacheCount : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _values = new();

    public CacheCount(GatewayHost gateway, string name)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == name && ReferenceEquals(instrument.Meter.Scope, gateway.Meters)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => _values.AddOrUpdate((string)tags[0].Value!, value, (_, sum) => sum + value));
        _listener.Start();
    }

    public long this[string outcome] => _values.GetValueOrDefault(outcome);

    public void Dispose() => _listener.Dispose();
}
