using OptiBid.Gateway.Hubs;
using OptiBid.Grains.Interfaces;
using Orleans.Concurrency;

namespace OptiBid.Gateway.Live.Feeds;

/// <summary>The gateway's ear: prices go to the gate of the table, findings about the data to those who may know.</summary>
internal sealed class PriceObserver(LivePrices prices, QualityPushes? quality) : IPriceObserver
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
}
