using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OptiBid.History.Writing;

namespace OptiBid.History.Hosting;

/// <summary>
/// Says whether the history answers, and what it is. A process that writes goes on live without it for a while,
/// so its absence makes such a process degraded, not dead.
/// </summary>
internal sealed class HistoryHealthCheck(IPriceHistory history, IServiceProvider services) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var writer = services.GetService<HistoryWriter>();
        var data = new Dictionary<string, object>();
        if (writer is not null) data["pending_ticks"] = writer.Held;
        try
        {
            var found = await history.CheckAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
            return writer?.StoreAway is { } away
                ? HealthCheckResult.Degraded($"{found}; it has not taken writes for {away.TotalSeconds:0} s", data: data)
                : HealthCheckResult.Healthy(found, data);
        }
        catch (Exception error) when (error is HistoryUnavailableException or TimeoutException)
        {
            return writer is null
                ? HealthCheckResult.Unhealthy("The history does not answer.", error, data)
                : HealthCheckResult.Degraded("The history does not answer; prices go on live.", error, data);
        }
    }
}
