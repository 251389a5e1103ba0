using Microsoft.Extensions.Diagnostics.HealthChecks;
using OptiBid.History;

namespace OptiBid.Gateway.Health;

/// <summary>Whether the history answers. An answer counts for a moment, so that probes do not become load.</summary>
internal sealed class HistoryCheck(IPriceHistory history, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan CountsFor = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1);
    private HealthCheckResult _last;
    private DateTimeOffset _lastAt = DateTimeOffset.MinValue;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (clock.GetUtcNow() - _lastAt >= CountsFor)
            {
                _last = await AskAsync(cancellationToken);
                _lastAt = clock.GetUtcNow();
            }

            return _last;
        }
        finally
        {
            _ = _one.Release();
        }
    }

    private async Task<HealthCheckResult> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return HealthCheckResult.Healthy(await history.CheckAsync(cancellationToken).WaitAsync(Patience, cancellationToken));
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever the driver says may name hosts and users; outsiders read this.
            return HealthCheckResult.Unhealthy("The history does not answer.");
        }
    }
}
