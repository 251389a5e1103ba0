using OptiBid.Silo.Operations;

namespace OptiBid.Gateway.Health;

/// <summary>What the gateway's readiness hangs on.</summary>
internal static class HealthExtensions
{
    public static IHostApplicationBuilder AddGatewayHealth(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<HistoryCheck>();
        builder.Services.AddHealthChecks()
            .AddCheck<ClusterCheck>("cluster", tags: [HealthEndpoints.Ready])
            .AddCheck<LiveFeedCheck>("live-feed", tags: [HealthEndpoints.Ready])
            .AddCheck<HistoryCheck>("gateway-history", tags: [HealthEndpoints.Ready]);
        return builder;
    }
}
