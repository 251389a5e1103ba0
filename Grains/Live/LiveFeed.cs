using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;
using Orleans.Concurrency;

namespace OptiBid.Grains.Live;

/// <summary>
/// What this silo tells the gateways: keeps the newest price of every location it has routed, and the leases of
/// the gateways that listen. One send per batch and gateway, however many clients a gateway has.
/// </summary>
internal sealed partial class LiveFeed(GrainInstruments instruments, TimeProvider clock, ILogger<LiveFeed> log)
{
    /// <summary>How long a gateway is heard of without renewing.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(LocationId, PriceType), PriceUpdate> _newest = new();
    private readonly ConcurrentDictionary<IPriceObserver, Listener> _listeners = new();

    public void Subscribe(IPriceObserver observer, MarketZone[] zones)
    {
        var listener = new Listener(zones, clock.GetUtcNow() + Lease);
        if (_listeners.TryAdd(observer, listener)) LogSubscribed(_listeners.Count);
        else _listeners[observer] = listener;
    }

    public void Unsubscribe(IPriceObserver observer)
    {
        if (_listeners.TryRemove(observer, out _)) LogUnsubscribed(_listeners.Count);
    }

    /// <summary>Tells all listeners. All updates of one call are of one zone.</summary>
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
        if (_listeners.IsEmpty) return;

        var sent = updates.ToArray().AsImmutable();
        var now = clock.GetUtcNow();
        foreach (var (observer, listener) in _listeners)
        {
            if (listener.Until < now)
            {
                if (_listeners.TryRemove(new(observer, listener))) LogLeaseOver(_listeners.Count);
            }
            else if (listener.Zones.Contains(zone))
            {
                observer.OnPricesAsync(sent).Ignore();
            }
        }
    }

    public PriceUpdate[] Snapshot(MarketZone[] zones) =>
        [.. _newest.Values.Where(update => zones.Contains(update.Tick.MarketZone))];

    [LoggerMessage(LogLevel.Information, "A gateway listens; {Count} do.")]
    private partial void LogSubscribed(int count);

    [LoggerMessage(LogLevel.Information, "A gateway has left; {Count} listen.")]
    private partial void LogUnsubscribed(int count);

    [LoggerMessage(LogLevel.Warning, "A gateway has not renewed its lease; {Count} listen.")]
    private partial void LogLeaseOver(int count);

    private sealed record Listener(MarketZone[] Zones, DateTimeOffset Until);
}
