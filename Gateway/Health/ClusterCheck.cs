using Microsoft.Extensions.Diagnostics.HealthChecks;
using OptiBid.Gateway.Live.Feeds;

namespace OptiBid.Gateway.Health;

/// <summary>
/// Whether the Orleans cluster answers. The list of silos is read from the database; while that is away, silos whose
/// live feed still answers are cluster enough to serve from.
/// </summary>
internal sealed class ClusterCheck(LiveFeedSubscriber subscriber) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (up, active) = subscriber.Links;
        return Task.FromResult((subscriber.SeesCluster, up) switch
        {
            (true, _) => HealthCheckResult.Healthy($"{Counted.Of(active, "active silo")}."),
            (false, > 0) => HealthCheckResult.Degraded($"The list of silos cannot be read; of those known {up} of {active} answer."),
            _ => HealthCheckResult.Unhealthy("The cluster does not answer."),
        });
    }
}
