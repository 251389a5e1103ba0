using System.Collections.Concurrent;
using OptiBid.Grains.Interfaces;
using Orleans.Concurrency;

namespace OptiBid.Grains.Live;

/// <summary>What this silo tells the gateways of prices: keeps the newest price of every location it has routed.</summary>
internal sealed class LiveFeed(GatewayListeners listeners, GrainInstruments instruments)
{
    private readonly ConcurrentDictionary<(LocationId, PriceType), PriceUpdate> _newest = new();

    /// <summary>Tells all listeners, in one message each. All updates of one call are of one zone.</summary>
    public void Publish(List<PriceUpdate> updates)
    {
        if (updates.Count == 0) return;

        foreach (var update in updates)
        {
            // A location that has just found its past again may speak between a turn of it and the router's telling.
            _ = _newest.AddOrUpdate(
                (update.Tick.LocationId, update.Tick.PriceType),
                static (_, update) => update,
                static (_, shown, update) => shown.Supersedes(update) ? shown : update,
                update);
        }

        var zone = updates[0].Tick.MarketZone;
        instruments.Updates(zone, updates.Count);
        if (!listeners.IsEmpty) listeners.Tell(zone, updates.ToArray().AsImmutable(), static (gateway, sent) => gateway.OnPricesAsync(sent));
    }

    public PriceUpdate[] Snapshot(MarketZone[] zones) =>
        [.. _newest.Values.Where(update => zones.Contains(update.Tick.MarketZone))];
}
