using OptiBid.Gateway.Alerts;
using OptiBid.Gateway.Caching;
using OptiBid.Gateway.Hubs;
using OptiBid.Grains.Interfaces;
using Orleans.Concurrency;

namespace OptiBid.Gateway.Live.Feeds;

/// <summary>
/// The gateway's ear: prices go to the gate of the table, findings about the data and alerts to those who may know, and what was
/// written to those who keep what they have read.
/// </summary>
internal sealed class PriceObserver(LivePrices prices, QualityPushes? quality, AlertListeners? listeners, HistoryChanges? changes) : IPriceObserver
{
    public Task OnPricesAsync(Immutable<PriceUpdate[]> updates)
    {
        prices.Accept(updates.Value);
        return Task.CompletedTask;
    }

    public Task OnQualityAsync(Immutable<QualityEvent[]> events)
    {
        quality?.Push(events.Value);
        return Task.CompletedTask;
    }

    public Task OnAlertsAsync(Immutable<Alert[]> alerts)
    {
        listeners?.Tell(alerts.Value);
        return Task.CompletedTask;
    }

    public Task OnHistoryAsync(HistoryNotice notice)
    {
        changes?.Hear(notice);
        return Task.CompletedTask;
    }
}
