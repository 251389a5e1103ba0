using OptiBid.Connectors.Caiso;
using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Ercot;
using OptiBid.Connectors.Pjm;
using OptiBid.Connectors.Simulation;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones;

/// <summary>The feeds there are, by zone and mode.</summary>
internal static class MarketFeedNames
{
    /// <summary>True for zones that can be read or simulated.</summary>
    public static bool HasConnector(MarketZone zone) => zone is MarketZone.PJM or MarketZone.CAISO or MarketZone.ERCOT;

    /// <summary>Every feed of a zone, full names.</summary>
    public static IReadOnlyList<string> All(MarketZone zone, FeedMode mode) => (zone, mode) switch
    {
        (MarketZone.PJM or MarketZone.CAISO or MarketZone.ERCOT, FeedMode.Simulator) => SimulatedFeeds.Names(zone),
        (MarketZone.PJM, FeedMode.Live) => [.. PjmFeeds.All.Select(feed => feed.Name)],
        (MarketZone.CAISO, FeedMode.Live) => [.. CaisoFeeds.All.Select(feed => feed.Name)],
        (MarketZone.ERCOT, FeedMode.Live) => [ErcotDayAheadFeed.FeedName, .. ErcotFiles.All.Select(feed => feed.Name)],
        _ => [],
    };

    /// <summary>Those of <see cref="All"/> that are read when none are named.</summary>
    public static IReadOnlyList<string> Usual(MarketZone zone, ZoneConnectorOptions options) =>
        [.. All(zone, options.Feed).Where(name => name != PjmFeeds.VerifiedFiveMinute.Name && !(name == ErcotDayAheadFeed.FeedName && LacksCredentials(options)))];

    /// <summary>ERCOT's own interface answers nobody without a key and a user; another address may.</summary>
    public static bool LacksCredentials(ZoneConnectorOptions options) => options.BaseUrl is null && (options.ApiKey is null || options.Username is null);

    /// <summary>The full name that a configured one means, or null.</summary>
    public static string? Match(IReadOnlyList<string> known, string name) => known.FirstOrDefault(full =>
        full.Equals(name, StringComparison.OrdinalIgnoreCase)
        || full[(full.IndexOf(':') + 1)..].Equals(name, StringComparison.OrdinalIgnoreCase));
}
