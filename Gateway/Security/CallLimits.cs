using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using OptiBid.Gateway.Api.Problems;

namespace OptiBid.Gateway.Security;

/// <summary>
/// What each caller may ask for: ordinary calls, dear ones, dear ones at once, open streams of an address. A caller's
/// counts go ten seconds after they have nothing to remember, so that many callers who came once fill no memory.
/// </summary>
internal sealed class CallLimits : IDisposable
{
    /// <summary>When to try again where something has to end first, and nobody knows when it will.</summary>
    private static readonly TimeSpan SomeEndsSoon = TimeSpan.FromSeconds(5);

    private readonly PartitionedRateLimiter<HttpContext> _streams;
    private readonly PartitionedRateLimiter<HttpContext> _exportsAtOnce;
    private readonly PartitionedRateLimiter<HttpContext> _exports;
    private readonly PartitionedRateLimiter<HttpContext> _calls;
    private readonly PartitionedRateLimiter<HttpContext> _all;
    private readonly BudgetHeaders _exportHeaders;
    private readonly BudgetHeaders _callHeaders;
    private readonly Counter<long> _rejected;
    private readonly LimitOptions _options;

    public CallLimits(LimitOptions options, IMeterFactory meters)
    {
        _options = options;
        var exports = Bucket(options.ExportsPerMinute, 1, TimeSpan.FromMinutes(1) / options.ExportsPerMinute);
        var calls = Bucket(options.Burst, options.RequestsPerSecond, TimeSpan.FromSeconds(1));
        _streams = AtOnce(static context => context.IsHeld(), static context => new(null, AddressBlock.Of(context.Connection.RemoteIpAddress)), options.ConnectionsPerAddress);
        _exportsAtOnce = AtOnce(Budgets.IsExport, Caller.Of, options.ConcurrentExports);
        _exports = OverTime(Budgets.IsExport, exports);
        _calls = OverTime(static context => !context.IsExport(), calls);
        _exportHeaders = new("exports", exports);
        _callHeaders = new("calls", calls);

        // What gives its place back is asked first: a refusal then costs nothing.
        _all = PartitionedRateLimiter.CreateChained(_streams, _exportsAtOnce, _exports, _calls);
        _rejected = meters.Create("OptiBid.Gateway").CreateCounter<long>(
            "optibid.gateway.requests.rejected", "{request}", "Calls answered with 429, by the limit they met");
    }

    public void Apply(RateLimiterOptions limiter)
    {
        limiter.GlobalLimiter = _all;
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = (rejected, _) => new(RejectAsync(rejected));
    }

    /// <summary>Says on an answer what is left of the caller's budget.</summary>
    public void WriteHeaders(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null) return;
        var (headers, limiter) = context.IsExport() ? (_exportHeaders, _exports) : (_callHeaders, _calls);
        headers.Write(context.Response.Headers, limiter.GetStatistics(context)?.CurrentAvailablePermits ?? 0);
    }

    public void Dispose()
    {
        _all.Dispose();
        _streams.Dispose();
        _exportsAtOnce.Dispose();
        _exports.Dispose();
        _calls.Dispose();
    }

    private static TokenBucketRateLimiterOptions Bucket(int most, int tokens, TimeSpan period) => new()
    {
        TokenLimit = most,
        TokensPerPeriod = tokens,
        ReplenishmentPeriod = period,
        AutoReplenishment = false,
    };

    private static PartitionedRateLimiter<HttpContext> OverTime(Predicate<HttpContext> counts, TokenBucketRateLimiterOptions bucket) =>
        PartitionedRateLimiter.Create<HttpContext, Caller>(context => counts(context)
            ? RateLimitPartition.GetTokenBucketLimiter(Caller.Of(context), _ => bucket)
            : RateLimitPartition.GetNoLimiter(Caller.Nobody));

    private static PartitionedRateLimiter<HttpContext> AtOnce(Predicate<HttpContext> counts, Func<HttpContext, Caller> whose, int most) =>
        PartitionedRateLimiter.Create<HttpContext, Caller>(context => counts(context)
            ? RateLimitPartition.GetConcurrencyLimiter(whose(context), _ => new() { PermitLimit = most })
            : RateLimitPartition.GetNoLimiter(Caller.Nobody));

    private Task RejectAsync(OnRejectedContext rejected)
    {
        var context = rejected.HttpContext;
        var isOverTime = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait);
        var seconds = (int)Math.Ceiling((isOverTime ? wait : SomeEndsSoon).TotalSeconds);
        var (limit, problem) = (context.IsExport(), isOverTime) switch
        {
            (true, true) => ("exports", ApiProblem.TooManyRequests($"{_options.ExportsPerMinute} reads of history, exports, analytics and changes of alert rules a minute", seconds)),
            (true, false) => ("exports_at_once", ApiProblem.TooManyAtOnce($"{_options.ConcurrentExports} reads of history, exports, analytics and changes of alert rules", seconds)),
            (false, true) => ("calls", ApiProblem.TooManyRequests($"{_options.RequestsPerSecond} calls a second", seconds)),
            (false, false) => ("connections", ApiProblem.TooManyAtOnce($"{_options.ConnectionsPerAddress} live connections from one address", seconds)),
        };
        _rejected.Add(1, new KeyValuePair<string, object?>("limit", limit));
        return ProblemAnswers.Answer(problem, context).ExecuteAsync(context);
    }
}
