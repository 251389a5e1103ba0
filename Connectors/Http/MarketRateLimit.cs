using System.Threading.RateLimiting;

namespace OptiBid.Connectors.Http;

/// <summary>The limit on calls that each market asks for.</summary>
internal static class MarketRateLimit
{
    private const int Segments = 10;

    /// <summary>
    /// A limiter that keeps calls apart: no burst is saved up. A token bucket would hand out a second call right after the
    /// first when its tick happens to fall between them; a window of one call does not. It forgets a call up
    /// to one of its segments early, so it is made longer by that much. A deployment has one connector per zone, so the limit of
    /// one process is the limit of all.
    /// </summary>
    public static RateLimiter Create(double callsPerMinute) => new SlidingWindowRateLimiter(new()
    {
        PermitLimit = 1,
        Window = TimeSpan.FromMinutes(1 / callsPerMinute) * Segments / (Segments - 1),
        SegmentsPerWindow = Segments,
        QueueLimit = 1000,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        AutoReplenishment = true,
    });
}
