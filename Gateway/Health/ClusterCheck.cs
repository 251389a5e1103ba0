using Microsoft.Extensions.Diagnostics.HealthChecks;
using OptiBid.Gateway.Live.Feeds;

namespace OptiBid.Gateway.Health;

/// <summary>Whether the Orleans cluster answers.</summary>
internal sealed class ClusterCheck(LiveFeedSubscriber subscriber) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(subscriber.SeesCluster
            ? HealthCheckResult.Healthy($"{subscriber.Links.Active} active silos.")
            : HealthCheckResult.Unhealthy("The cluster does not answer."));
}
