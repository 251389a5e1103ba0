using System.Threading.RateLimiting;

namespace OptiBid.Connectors.Http;

/// <summary>Holds each attempt, retries too, until the market's limit allows it.</summary>
internal sealed class RateLimitHandler(RateLimiter limiter) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var lease = await limiter.AcquireAsync(1, cancellationToken);
        return lease.IsAcquired
            ? await base.SendAsync(request, cancellationToken)
            : throw new HttpRequestException("too many calls are already waiting for the market's rate limit");
    }
}
