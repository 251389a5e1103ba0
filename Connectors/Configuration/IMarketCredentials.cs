using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Configuration;

/// <summary>The credentials in force now: to be asked before each call, for they may be rotated at any time.</summary>
public interface IMarketCredentials
{
    /// <summary>A zone's credentials.</summary>
    MarketCredentials Get(MarketZone zone);
}
