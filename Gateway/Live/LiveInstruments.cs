using System.Diagnostics.Metrics;

namespace OptiBid.Gateway.Live;

/// <summary>Measurements of the live side, meter <c>OptiBid.Gateway</c>.</summary>
internal sealed class LiveInstruments
{
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _missed;
    private readonly UpDownCounter<long> _subscriptions;

    public LiveInstruments(IMeterFactory meters)
    {
        var meter = meters.Create("OptiBid.Gateway");
        _accepted = meter.CreateCounter<long>("optibid.gateway.prices.accepted", "{price}", "Prices that got into the table of newest prices");
        _refused = meter.CreateCounter<long>("optibid.gateway.prices.refused", "{price}", "Prices kept out because the one shown is as new or newer");
        _missed = meter.CreateCounter<long>("optibid.gateway.prices.missed", "{price}", "Prices that slow clients missed");
        _subscriptions = meter.CreateUpDownCounter<long>("optibid.gateway.subscriptions", "{subscription}", "Live subscriptions over SignalR and SSE");
    }

    public void Accepted(int accepted, int refused)
    {
        if (accepted > 0) _accepted.Add(accepted);
        if (refused > 0) _refused.Add(refused);
    }

    public void Missed(long prices)
    {
        if (prices > 0) _missed.Add(prices);
    }

    /// <summary>Counts a subscription until disposed of.</summary>
    public IDisposable Subscribed()
    {
        _subscriptions.Add(1);
        return new Counted(_subscriptions);
    }

    private sealed class Counted(UpDownCounter<long> subscriptions) : IDisposable
    {
        public void Dispose() => subscriptions.Add(-1);
    }
}
