using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones;

/// <summary>
/// Starts the connector of every zone that is turned on, once the host is up; tries until each has answered. Every silo does
/// so, and a connector that runs already is left as it is.
/// </summary>
internal sealed partial class ConnectorStarter(
    IGrainFactory grains,
    IMarketFeedCatalog catalog,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<ConnectorStarter> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (lifetime.ApplicationStarted.Register(up.SetResult))
        {
            await up.Task.WaitAsync(stoppingToken);
        }

        await Task.WhenAll(catalog.Zones.Select(zone => StartAsync(zone, stoppingToken)));
    }

    private async Task StartAsync(MarketZone zone, CancellationToken stoppingToken)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                await grains.GetGrain<IZoneConnectorGrain>(zone.Name()).StartAsync();
                Started(zone);
                return;
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // A silo that is still joining, a store that is away: each passes.
                NotStarted(zone, error);
            }

            await Task.Delay(Backoff.After(failures, Random.Shared.NextDouble()), clock, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The {Zone} connector is running")]
    private partial void Started(MarketZone zone);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Zone} connector could not be started; tried again shortly")]
    private partial void NotStarted(MarketZone zone, Exception error);
}
