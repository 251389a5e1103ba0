using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Live.Feeds;

/// <summary>
/// Fills the table at start with the newest prices that the history knows, so that a gateway started later shows
/// them at once. Tries until it has succeeded; meanwhile the live feeds fill the table as prices come.
/// </summary>
internal sealed partial class NewestPricesLoader(
    ILocationStateStore states, LivePrices prices, TimeProvider clock, ILogger<NewestPricesLoader> log) : BackgroundService
{
    private const int BatchSize = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private volatile bool _isLoaded;

    public bool IsLoaded => _isLoaded;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var failed = false;
        while (!_isLoaded && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LoadAsync(stoppingToken);
                _isLoaded = true;
                LogLoaded(prices.LocationCount);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever the store answers, live prices go on without it.
                if (!failed) LogUnavailable(error);
                failed = true;
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await foreach (var batch in states.ReadNewestAsync(MarketZones.All.ToArray(), cancellationToken).Chunk(BatchSize).WithCancellation(cancellationToken))
        {
            prices.Accept(batch);
        }
    }

    [LoggerMessage(LogLevel.Information, "The history gave the newest prices; {Count} locations are shown.")]
    private partial void LogLoaded(int count);

    [LoggerMessage(LogLevel.Warning, "The newest prices cannot be read from the history; trying on.")]
    private partial void LogUnavailable(Exception error);
}
