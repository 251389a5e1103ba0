using Microsoft.Extensions.Caching.Memory;
using OptiBid.Gateway.Caching;
using OptiBid.Gateway.Live;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Prices;

/// <summary>
/// Finds the price of one location, series and interval: among the newest, or else in the history, whose answers are good
/// for a while, if the gateway is not told of a change. The day-ahead price of the present hour is asked for with every look at a location, and hardly ever changes.
/// </summary>
internal sealed class MatchingTicks(LivePrices prices, IPriceHistory history, HistoryChanges changes, TimeProvider clock) : IDisposable
{
    /// <summary>How long a price is believed: should nobody tell of a correction, it shows so much later here.</summary>
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
        if (_found.TryGetValue(key, out Found? known) && clock.GetElapsedTime(known!.At, now) < (known.Tick is null ? MissingFor : GoodFor)
            && changes.Holds(known.Reading, known.Scope))
        {
            return known.Tick;
        }

        try
        {
            var reading = changes.Begin();
            var query = Query(id, type, timestamp);
            var tick = await ReadAsync(query, cancellationToken);
            _found.Set(key, new Found(tick, now, reading, HistoryScope.Of(query)), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = 2 * GoodFor });
            return tick;
        }
        catch (HistoryUnavailableException)
        {
            return null;
        }
    }

    public void Dispose() => _found.Dispose();

    private static PriceQuery Query(LocationId id, PriceType type, DateTimeOffset timestamp) => new()
    {
        Zones = [id.Zone],
        Locations = [id.Location],
        PriceTypes = [type],
        Start = timestamp,
        End = timestamp.AddMinutes(1),
        Limit = 1,
    };

    private async Task<PriceTick?> ReadAsync(PriceQuery query, CancellationToken cancellationToken)
    {
        await foreach (var tick in history.ReadAsync(query, cancellationToken)) return tick;
        return null;
    }

    /// <summary>An answer of the history, when it was asked, and what of it would have to change.</summary>
    private sealed record Found(PriceTick? Tick, long At, ReadingStart Reading, HistoryScope Scope);
}
