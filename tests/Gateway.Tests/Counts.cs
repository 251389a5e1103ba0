using System.Diagnostics.Metrics;

namespace OptiBid.Gateway.Tests;

/// <summary>Sums one of a gateway's instruments, and of no other's that runs beside it.</summary>
internal abstract class Count : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _value;

    protected Count(GatewayHost gateway, string name)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == name && ReferenceEquals(instrument.Meter.Scope, gateway.Meters)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _value, value));
        _listener.Start();
    }

    public long Value => Interlocked.Read(ref _value);

    public void Dispose() => _listener.Dispose();
}

internal sealed class SubscriptionCount(GatewayHost gateway) : Count(gateway, "optibid.gateway.subscriptions");

internal sealed class AuditLostCount(GatewayHost gateway) : Count(gateway, "optibid.gateway.audit.lost");

internal sealed class MissedCount(GatewayHost gateway) : Count(gateway, "optibid.gateway.prices.missed");
