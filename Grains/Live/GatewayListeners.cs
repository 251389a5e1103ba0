using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Live;

/// <summary>
/// The gateways that listen to this silo, each for as long as its lease runs. One message a gateway for whatever there
/// is to tell, however many clients it has.
/// </summary>
internal sealed partial class GatewayListeners(TimeProvider clock, ILogger<GatewayListeners> log)
{
    /// <summary>How long a gateway is heard of without renewing.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<IPriceObserver, Listener> _listeners = new();

    public bool IsEmpty => _listeners.IsEmpty;

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

    /// <summary>Tells every gateway that wants the zone. A message may be lost; nothing waits for it.</summary>
    /// <param name="zone">The zone that it is about.</param>
    /// <param name="message">What is told.</param>
    /// <param name="tell">Sends it to one gateway.</param>
    public void Tell<T>(MarketZone zone, T message, Func<IPriceObserver, T, Task> tell) =>
        Tell(static (listener, zone) => listener.Zones.Contains(zone), zone, message, tell);

    /// <summary>Tells every gateway.</summary>
    /// <param name="message">What is told.</param>
    /// <param name="tell">Sends it to one gateway.</param>
    public void TellAll<T>(T message, Func<IPriceObserver, T, Task> tell) => Tell(static (_, _) => true, default, message, tell);

    private void Tell<T>(Func<Listener, MarketZone, bool> wants, MarketZone zone, T message, Func<IPriceObserver, T, Task> tell)
    {
        if (IsEmpty) return;

        var now = clock.GetUtcNow();
        foreach (var (observer, listener) in _listeners)
        {
            if (listener.Until < now)
            {
                if (_listeners.TryRemove(new(observer, listener))) LogLeaseOver(_listeners.Count);
            }
            else if (wants(listener, zone))
            {
                tell(observer, message).Ignore();
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "A gateway listens; {Count} do.")]
    private partial void LogSubscribed(int count);

    [LoggerMessage(LogLevel.Information, "A gateway has left; {Count} listen.")]
    private partial void LogUnsubscribed(int count);

    [LoggerMessage(LogLevel.Warning, "A gateway has not renewed its lease; {Count} listen.")]
    private partial void LogLeaseOver(int count);

    private sealed record Listener(MarketZone[] Zones, DateTimeOffset Until);
}
