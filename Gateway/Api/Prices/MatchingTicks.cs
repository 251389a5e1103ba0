using Microsoft.Extensions.Caching.Memory;
using OptiBid.Gateway.Live;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Prices;

/// <summary>
/// Finds the price of one location, series and interval: among the newest, or else in the history, whose answers are good
/// for a while. The day-ahead price of the present hour is asked for with every look at a location, and hardly ever changes.
/// </summary>
internal sealed class MatchingTicks(LivePrices prices, IPriceHistory history, TimeProvider clock) : IDisposable
{
    /// <summary>How long a price is believed: a correction of it shows so much later here.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(30);

    /// <summary>How long it is believed that there is none: it may be on its way.</summary>
    public static readonly TimeSpan MissingFor = TimeSpan.FromSeconds(5);

    private const int Kept = 100_000;

    private readonly MemoryCache _found = new(new MemoryCacheOptions { SizeLimit = Kept });

    /// <returns>The price; null when there is none, or the history does not answer, since what it is wanted for is an extra.</returns>
    public async ValueTask<PriceTick?> FindAsync(LocationId id, PriceType type, DateTimeOffset timestamp, CancellationToken cancellationToken)
    {
        if (prices.Find(id)?.Newest(type)?.Update.Tick is { } newest)
        {
            if (newest.Timestamp == timestamp) return newest;
            if (newest.Timestamp < timestamp) return null;
        }

        var key = (id, type, timestamp);
        var now = clock.GetTimestamp();
        if (_found.TryGetValue(key, out Found? known) && clock.GetElapsedTime(known!.At, now) < (known.Tick is null ? MissingFor : GoodFor)) return known.Tick;

        try
        {
            var tick = await ReadAsync(id, type, timestamp, cancellationToken);
            _found.Set(key, new Found(tick, now), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = 2 * GoodFor });
            return tick;
        }
        catch (HistoryUnavailableException)
        {
            return null;
        }
    }

    public void Dispose() => _found.Dispose();

    private async Task<PriceTick?> ReadAsync(LocationId id, PriceType type, DateTimeOffset timestamp, CancellationToken cancellationToken)
    {
        var query = new PriceQuery
        {
            Zones = [id.Zone],
            Locations = [id.Location],
            PriceTypes = [type],
            Start = timestamp,
            End = timestamp.AddMinutes(1),
            Limit = 1,
        };
        await foreach (var tick in history.ReadAsync(query, cancellationToken)) return tick;
        return null;
    }

    /// <summary>An answer of the history, and when it was asked.</summary>
    private sealed record Found(PriceTick? Tick, long At);
}
