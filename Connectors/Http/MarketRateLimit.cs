using System.Threading.RateLimiting;
using OptiBid.Connectors.Configuration;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Http;

/// <summary>The limit on calls that each market asks for.</summary>
internal static class MarketRateLimit
{
    /// <summary>
    /// Calls a minute: PJM 6 for non-members, CAISO one in five seconds, ERCOT 30. A deployment has one
    /// connector per zone, so the limit of one process is the limit of all.
    /// </summary>
    public static double CallsPerMinute(MarketZone zone) => zone switch
    {
        MarketZone.PJM => 6,
        MarketZone.CAISO => 12,
        _ => 30,
    };

    /// <summary>A limiter that spaces calls evenly: no burst is saved up.</summary>
    public static RateLimiter Create(MarketZone zone, MarketHttpOptions options) => new TokenBucketRateLimiter(new()
    {
        TokenLimit = 1,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromMinutes(1 / (options.CallsPerMinute ?? CallsPerMinute(zone))),
        QueueLimit = 1000,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        AutoReplenishment = true,
    });
}
