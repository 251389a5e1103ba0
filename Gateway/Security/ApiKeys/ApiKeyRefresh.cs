namespace OptiBid.Gateway.Security.ApiKeys;

/// <summary>Reads the directory of keys anew every <c>Security:ApiKeyRefresh</c>.</summary>
internal sealed class ApiKeyRefresh(ApiKeyDirectory directory, SecurityOptions options, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.ApiKeyRefresh, clock);
        try
        {
            do _ = await directory.TryLoadAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
    }
}
