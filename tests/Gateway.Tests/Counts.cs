using System.Diagnostics.Metrics;

namespace OptiBid.Gateway.Tests;

/// <summary>Sums one of the gateway's instruments.</summary>
internal abstract class Count : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _value;

    protected Count(string name)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == name) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _value, value));
        _listener.Start();
    }

    public long Value => Interlocked.Read(ref _value);

    public void Dispose() => _listener.Dispose();
}

internal sealed class SubscriptionCount() : Count("optibid.gateway.subscriptions");

internal sealed class MissedCount() : Count("optibid.gateway.prices.missed");
