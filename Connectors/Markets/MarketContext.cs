using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Http;

namespace OptiBid.Connectors.Markets;

/// <summary>What a market's feeds work with.</summary>
internal sealed class MarketContext
{
    /// <summary>Calls the market, within its limit.</summary>
    public required MarketClient Client { get; init; }

    /// <summary>The zone's configuration.</summary>
    public required ZoneConnectorOptions Options { get; init; }

    /// <summary>The time.</summary>
    public required TimeProvider Clock { get; init; }
}
