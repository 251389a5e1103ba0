using OptiBid.Connectors.Feeds;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones;

/// <summary>The feeds that the configuration turns on.</summary>
public interface IMarketFeedCatalog
{
    /// <summary>The zones that have any, in the order of their numbers.</summary>
    IReadOnlyList<MarketZone> Zones { get; }

    /// <summary>Creates a zone's feeds; none for a zone that is off.</summary>
    IReadOnlyList<IMarketFeed> Create(MarketZone zone);

    /// <summary>Those of them that can read the past, made anew: their calls give way to those of the live feeds.</summary>
    IReadOnlyList<IMarketFeed> CreateForBackfill(MarketZone zone);
}
