using OptiBid.Client.Models;

namespace OptiBid.Client.Live;

/// <summary>
/// Lets through what is newer than what was let through before: another gateway, or one that has just begun, may for a
/// moment know less than the one before.
/// </summary>
internal sealed class NewestPrices
{
    private readonly Dictionary<(string Zone, string Location, string Type), (DateTimeOffset Timestamp, int Revision)> _shown = [];

    public List<MarketPrice> Pass(IEnumerable<MarketPrice> prices)
    {
        var newer = new List<MarketPrice>();
        foreach (var price in prices)
        {
            var series = (price.MarketZone, price.Location, price.PriceType);
            var state = (price.Timestamp, price.Revision);
            if (_shown.TryGetValue(series, out var shown) && state.CompareTo(shown) <= 0) continue;
            _shown[series] = state;
            newer.Add(price);
        }

        return newer;
    }
}
