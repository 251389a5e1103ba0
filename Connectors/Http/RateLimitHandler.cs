using System.Net;
using System.Net.Http.Headers;
using System.Threading.RateLimiting;

namespace OptiBid.Connectors.Http;

/// <summary>
/// Holds each attempt, retries too, until the market's limit allows it. Once the market has answered one feed with a time to
/// be left alone, every call gets that answer without being made. Calls for the past go only while no other waits.
/// </summary>
internal sealed class RateLimitHandler(RateLimiter limiter, MarketRest rest, TimeProvider clock) : DelegatingHandler
{
    /// <summary>Key of a request's priority.</summary>
    public static readonly HttpRequestOptionsKey<CallPriority> Priority = new(nameof(CallPriority));

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (rest.Left > TimeSpan.Zero) return Resting(request);

        using var lease = request.Options.TryGetValue(Priority, out var priority) && priority == CallPriority.Backfill
            ? await LeftOverAsync(cancellationToken)
            : await limiter.AcquireAsync(1, cancellationToken);
        if (!lease.IsAcquired) throw new HttpRequestException("too many calls are already waiting for the market's rate limit");
        if (rest.Left > TimeSpan.Zero) return Resting(request);

        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.TooManyRequests && MarketHttpExtensions.RetryAfter(response) is { } asked) rest.Take(asked);
        return response;
    }

    /// <summary>A turn that nobody waits for: the limiter gives none at once to whoever comes while others queue.</summary>
    private async Task<RateLimitLease> LeftOverAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var lease = limiter.AttemptAcquire();
            if (lease.IsAcquired) return lease;
            lease.Dispose();
            await Task.Delay(Look, clock, cancellationToken);
        }
    }

    private HttpResponseMessage Resting(HttpRequestMessage request) => new(HttpStatusCode.TooManyRequests)
    {
        RequestMessage = request,
        Content = new StringContent("it asked another feed to leave it alone for a while"),
        Headers = { RetryAfter = new RetryConditionHeaderValue(rest.Left > TimeSpan.Zero ? rest.Left : TimeSpan.Zero) },
    };
}
