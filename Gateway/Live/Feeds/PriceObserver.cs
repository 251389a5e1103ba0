using OptiBid.Grains.Interfaces;
using Orleans.Concurrency;

namespace OptiBid.Gateway.Live.Feeds;

/// <summary>The gateway's ear: what it hears goes to the gate of the table.</summary>
internal sealed class PriceObserver(LivePrices prices, LiveAlerts live) : IPriceObserver
{
    public Task OnPricesAsync(Immutable<PriceUpdate[]> updates)
    {
        prices.Accept(updates.Value);
        return Task.CompletedTask;
    }

    public Task OnAlertsAsync(Immutable<Alert[]> alerts)
    {
        live.Publish(alerts.Value);
        return Task.CompletedTask;
    }
}
