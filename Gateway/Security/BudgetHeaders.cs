using System.Globalization;
using System.Threading.RateLimiting;

namespace OptiBid.Gateway.Security;

/// <summary>The fields <c>RateLimit-Policy</c> and <c>RateLimit</c> of draft-ietf-httpapi-ratelimit-headers-10.</summary>
/// <param name="name">The budget's name.</param>
/// <param name="bucket">Its size; the window is the time in which an empty one fills.</param>
internal sealed class BudgetHeaders(string name, TokenBucketRateLimiterOptions bucket)
{
    public const string Left = "RateLimit";
    public const string Policy = "RateLimit-Policy";

    private readonly double _perSecond = bucket.TokensPerPeriod / bucket.ReplenishmentPeriod.TotalSeconds;
    private readonly string _policy = string.Create(
        CultureInfo.InvariantCulture,
        $"\"{name}\";q={bucket.TokenLimit};w={Seconds(bucket.TokenLimit, bucket.TokensPerPeriod / bucket.ReplenishmentPeriod.TotalSeconds)}");

    public void Write(IHeaderDictionary headers, long left)
    {
        headers[Policy] = _policy;
        headers[Left] = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";r={left};t={Seconds(bucket.TokenLimit - left, _perSecond)}");
    }

    // To milliseconds, or a period that is not a whole number of ticks would make a second more of it.
    private static long Seconds(long tokens, double perSecond) => (long)Math.Ceiling(Math.Round(tokens / perSecond, 3));
}
