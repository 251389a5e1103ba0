using OptiBid.Silo.Operations;

namespace OptiBid.Gateway.Health;

/// <summary>What the gateway's readiness hangs on, beside the history, which brings its own check.</summary>
internal static class HealthExtensions
{
    public static IHostApplicationBuilder AddGatewayHealth(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks()
            .AddCheck<ClusterCheck>("cluster", tags: [HealthEndpoints.Ready])
            .AddCheck<LiveFeedCheck>("live-feed", tags: [HealthEndpoints.Ready]);
        return builder;
    }
}
