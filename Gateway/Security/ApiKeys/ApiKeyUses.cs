using System.Collections.Concurrent;
using OptiBid.History;

namespace OptiBid.Gateway.Security.ApiKeys;

/// <summary>
/// When keys were used last: noted in memory by calls, and brought to the store once a minute in one batch, so that no call
/// waits for it. What the store does not take is tried again a minute later.
/// </summary>
internal sealed partial class ApiKeyUses(IApiKeys store, TimeProvider clock, ILogger<ApiKeyUses> log) : BackgroundService
{
    /// <summary>How often a key's use is written at the most.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, ApiKeyUse> _uses = new();

    public void Note(string id, System.Net.IPAddress? address) =>
        _uses[id] = new(id, clock.GetUtcNow(), (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await WriteAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await WriteAsync(patience.Token);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var uses = _uses.ToArray();
        if (uses.Length == 0) return;
        try
        {
            await store.NoteUsesAsync([.. uses.Select(static use => use.Value)], cancellationToken);
            foreach (var written in uses) _ = _uses.TryRemove(written);
        }
        catch (Exception error)
        {
            // A last use is worth no more than trying again, whatever the store's trouble.
            LogKept(error.Message);
        }
    }

    [LoggerMessage(LogLevel.Debug, "The last uses of API keys are written later: {Reason}")]
    private partial void LogKept(string reason);
}
