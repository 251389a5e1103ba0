using System.Threading.RateLimiting;
using OptiBid.Connectors.Configuration;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Http;

/// <summary>The limit on calls that each market asks for.</summary>
internal static class MarketRateLimit
{
    private const int Segments = 10;

    /// <summary>
    /// Calls a minute: PJM 6 for non-members, CAISO one in five seconds (less a little, for two calls may draw nearer on
    /// their way), ERCOT 30. A deployment has one
    /// connector per zone, so the limit of one process is the limit of all.
    /// </summary>
    public static double CallsPerMinute(MarketZone zone) => zone switch
    {
        MarketZone.PJM => 6,
        MarketZone.CAISO => 11.5,
        _ => 30,
    };

    /// <summary>
    /// A limiter that keeps calls apart: no burst is saved up. A token bucket would hand out a second call right after the
    /// first when its tick happens to fall between them; a window of one call does not. It forgets a call up
    /// to one of its segments early, so it is made longer by that much.
    /// </summary>
    public static RateLimiter Create(MarketZone zone, MarketHttpOptions options) => new SlidingWindowRateLimiter(new()
    {
        PermitLimit = 1,
        Window = TimeSpan.FromMinutes(1 / (options.CallsPerMinute ?? CallsPerMinute(zone))) * Segments / (Segments - 1),
        SegmentsPerWindow = Segments,
        QueueLimit = 1000,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        AutoReplenishment = true,
    });
}
