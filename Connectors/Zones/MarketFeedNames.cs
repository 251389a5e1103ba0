using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Markets;
using OptiBid.Connectors.Simulation;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones;

/// <summary>The feeds there are, by zone and mode.</summary>
/// <param name="markets">The registered markets.</param>
internal sealed class MarketFeedNames(IEnumerable<IMarketConnector> markets)
{
    private readonly Dictionary<MarketZone, IMarketConnector> _markets = markets.ToDictionary(market => market.Zone);

    /// <summary>The zones that can be read.</summary>
    public IReadOnlyCollection<MarketZone> Zones => _markets.Keys;

    /// <summary>A zone's market.</summary>
    public IMarketConnector Of(MarketZone zone) => _markets[zone];

    /// <summary>Every feed of a zone, full names; none where the zone cannot be read in that way.</summary>
    public IReadOnlyList<string> All(MarketZone zone, FeedMode mode) => mode switch
    {
        FeedMode.Simulator when SimulatedFeeds.Has(zone) => SimulatedFeeds.Names(zone),
        FeedMode.Live when _markets.TryGetValue(zone, out var market) => market.Feeds,
        _ => [],
    };

    /// <summary>Those of <see cref="All"/> that the configuration chooses.</summary>
    public IReadOnlySet<string> Chosen(MarketZone zone, ZoneConnectorOptions options)
    {
        var known = All(zone, options.Feed);
        return (options.Feeds.Count > 0 ? options.Feeds.Select(name => Match(known, name)).OfType<string>() : known).ToHashSet();
    }

    /// <summary>The full name that a configured one means, or null.</summary>
    public static string? Match(IReadOnlyList<string> known, string name) => known.FirstOrDefault(full =>
        full.Equals(name, StringComparison.OrdinalIgnoreCase)
        || full[(full.IndexOf(':') + 1)..].Equals(name, StringComparison.OrdinalIgnoreCase));
}
