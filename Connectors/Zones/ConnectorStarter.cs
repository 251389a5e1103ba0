using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones;

/// <summary>
/// Starts the connector of every zone that is turned on, once the host is up, and asks after it every few seconds from then
/// on. Every silo does so: a connector that runs is left as it is, and one whose silo has died comes back with the first
/// question after the cluster has noticed. The reminder remains for when nothing asks.
/// </summary>
internal sealed partial class ConnectorStarter(
    IGrainFactory grains,
    IMarketFeedCatalog catalog,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<ConnectorStarter> logger) : BackgroundService
{
    /// <summary>Between one question and the next, and as much again at random so that silos do not ask in step.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (lifetime.ApplicationStarted.Register(up.SetResult))
        {
            await up.Task.WaitAsync(stoppingToken);
        }

        await Task.WhenAll(catalog.Zones.Select(zone => KeepRunningAsync(zone, stoppingToken)));
    }

    private async Task KeepRunningAsync(MarketZone zone, CancellationToken stoppingToken)
    {
        for (bool? runs = null; ;)
        {
            try
            {
                await grains.GetGrain<IZoneConnectorGrain>(zone.Name()).StartAsync();
                if (runs != true) Started(zone);
                runs = true;
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // A silo that is still joining or has just died, a store that is away: each passes.
                if (runs != false) NotStarted(zone, error);
                runs = false;
            }

            var pause = runs == true ? Pause * (1 + Random.Shared.NextDouble()) : Retry;
            await Task.Delay(pause, clock, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The {Zone} connector is running")]
    private partial void Started(MarketZone zone);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Zone} connector could not be started; tried again shortly")]
    private partial void NotStarted(MarketZone zone, Exception error);
}
