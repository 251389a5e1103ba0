using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OptiBid.History.Writing;

namespace OptiBid.History.Hosting;

/// <summary>
/// Says whether the history answers, and what it is. Live prices go on without it, and no process starts before it
/// has answered once; so its absence makes a process degraded, and never takes it out of service.
/// </summary>
internal sealed class HistoryHealthCheck(IPriceHistory history, IServiceProvider services) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

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
            return HealthCheckResult.Degraded("The history does not answer; prices go on live.", error, data);
        }
    }
}
