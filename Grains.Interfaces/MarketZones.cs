using System.Diagnostics.CodeAnalysis;

namespace OptiBid.Grains.Interfaces;

/// <summary>The zones there are, and how each is written.</summary>
public static class MarketZones
{
    /// <summary>Prefix of every topic that carries a zone's prices.</summary>
    public const string TopicPrefix = "market_data.";

    private static readonly string[] Names = [.. Enum.GetValues<MarketZone>().Select(zone => zone.ToString())];
    private static readonly string[] TopicNames = [.. Names.Select(name => TopicPrefix + name.ToLowerInvariant())];

    /// <summary>All zones, in the order of their numbers.</summary>
    public static IReadOnlyList<MarketZone> All { get; } = Enum.GetValues<MarketZone>();

    /// <summary>The zone's name on the wire, such as <c>PJM</c>, without an allocation.</summary>
    public static string Name(this MarketZone zone) => Names[(int)zone - 1];

    /// <summary>The Kafka topic of the zone's prices, such as <c>market_data.pjm</c>.</summary>
    public static string Topic(this MarketZone zone) => TopicNames[(int)zone - 1];

    /// <summary>Reads a zone's name in any case. False, and no exception, for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MarketZone zone)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (string.Equals(Names[i], text, StringComparison.OrdinalIgnoreCase))
            {
                zone = (MarketZone)(i + 1);
                return true;
            }
        }

        zone = default;
        return false;
    }
}
