using OptiBid.Gateway.Live;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Prices;

/// <summary>Finds the price of one location, series and interval: among the newest, or else in the history.</summary>
internal sealed class MatchingTicks(LivePrices prices, IPriceHistory history)
{
    /// <returns>The price; null when there is none, or the history does not answer, since what it is wanted for is an extra.</returns>
    public async Task<PriceTick?> FindAsync(LocationId id, PriceType type, DateTimeOffset timestamp, CancellationToken cancellationToken)
    {
        if (prices.Find(id)?.Newest(type)?.Update.Tick is { } newest)
        {
            if (newest.Timestamp == timestamp) return newest;
            if (newest.Timestamp < timestamp) return null;
        }

        try
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
        }
        catch (HistoryUnavailableException)
        {
        }

        return null;
    }
}
