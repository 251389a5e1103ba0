using Microsoft.Extensions.Options;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Configuration;

/// <summary>Credentials as the configuration has them.</summary>
internal sealed class ConfiguredCredentials(IOptionsMonitor<ZoneConnectorOptions> options) : IMarketCredentials
{
    public MarketCredentials Get(MarketZone zone)
    {
        var configured = options.Get(zone.Name());
        return new MarketCredentials(configured.ApiKey, configured.Username, configured.Password);
    }
}
