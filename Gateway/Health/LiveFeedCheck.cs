using Microsoft.Extensions.Diagnostics.HealthChecks;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Live.Feeds;

namespace OptiBid.Gateway.Health;

/// <summary>Whether the gateway hears the silos: subscribed, and a snapshot taken.</summary>
internal sealed class LiveFeedCheck(LiveFeedSubscriber subscriber, NewestPricesLoader newest, LivePrices prices) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (up, active) = subscriber.Links;
        return Task.FromResult((up, newest.IsLoaded) switch
        {
            (0, _) => HealthCheckResult.Unhealthy("Not subscribed to any silo's live feed yet."),
            (_, false) => HealthCheckResult.Unhealthy("The newest prices have not been read from the history yet."),
            _ when up < active => HealthCheckResult.Degraded($"Subscribed to {up} of {Counted.Of(active, "silo")}; {Counted.Of(prices.LocationCount, "location")} shown."),
            _ => HealthCheckResult.Healthy($"Subscribed to {up} of {Counted.Of(active, "silo")}; {Counted.Of(prices.LocationCount, "location")} shown."),
        });
    }
}
