using OptiBid.History;

namespace OptiBid.Gateway.Locations;

/// <summary>
/// Keeps the catalog like the directory: reads it at start and again now and then, more often while it changes,
/// as it does when markets have just been connected.
/// </summary>
internal sealed partial class LocationCatalogLoader(
    LocationCatalog catalog, ILocationDirectory directory, TimeProvider clock, ILogger<LocationCatalogLoader> log) : BackgroundService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var pause = ShortestPause;
        var failed = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var locations = await directory.SearchAsync(new LocationQuery(), stoppingToken).ToListAsync(stoppingToken);
                var changed = catalog.Load(locations);
                if (changed) LogLoaded(locations.Count);
                pause = changed || locations.Count == 0 ? ShortestPause : Longer(pause);
                failed = false;
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever the store answers, live prices go on without names.
                if (!failed) LogUnavailable(error);
                failed = true;
                pause = Longer(pause);
            }

            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => 2 * pause < LongestPause ? 2 * pause : LongestPause;

    [LoggerMessage(LogLevel.Information, "The location directory has {Count} locations.")]
    private partial void LogLoaded(int count);

    [LoggerMessage(LogLevel.Warning, "The location directory cannot be read; prices are shown without names until it can.")]
    private partial void LogUnavailable(Exception error);
}
