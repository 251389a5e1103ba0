using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OptiBid.History.Writing;

namespace OptiBid.History.Hosting;

/// <summary>
/// Makes the history ready before what is added to the host after it starts; Orleans finds its own tables there. A
/// store that does not answer yet is waited for, and the log says so. A host that starts its services at once has its
/// others running meanwhile, such as the one that answers for its health.
/// </summary>
internal sealed partial class HistoryStart(IHistoryStore store, TimeProvider clock, ILogger<HistoryStart> log) : IHostedService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        for (var failures = 0; ; failures++)
        {
            try
            {
                LogReady(store.Name, await store.PrepareAsync(cancellationToken));
                return;
            }
            catch (HistoryUnavailableException error) when (store.Patience is not { } patience || clock.GetElapsedTime(started) < patience)
            {
                var pause = Backoff.Pause(FirstPause, LongestPause, failures);
                LogWaiting(store.Name, error.Message, pause);
                await Task.Delay(pause, clock, cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "History: {Store} ({Found}).")]
    private partial void LogReady(string store, string found);

    [LoggerMessage(LogLevel.Warning, "Waiting for the history, {Store}. {Reason} Next try in {Pause}.")]
    private partial void LogWaiting(string store, string reason, TimeSpan pause);
}
