using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones;

/// <summary>
/// Pausing and resuming. The pause is stored before anything ends, and gone from the store before anything begins again, so
/// that a crash in between leaves the connector as the operator was told it is.
/// </summary>
internal sealed partial class ZoneConnectorGrain
{
    /// <summary>How long a pause is waited for: records on their way to Kafka are not called back.</summary>
    private static readonly TimeSpan LastPublish = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task<ConnectorStatus> PauseAsync(string by)
    {
        if (cursors.State.Pause is null)
        {
            await KeepAsync(new ConnectorPause(clock.GetUtcNow(), by));
            Paused(_zone, by);
            await _stopping.CancelAsync();
            await _polling.WaitAsync(LastPublish, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        return Status(clock.GetUtcNow());
    }

    /// <inheritdoc/>
    public async Task<ConnectorStatus> ResumeAsync()
    {
        if (cursors.State.Pause is { } pause)
        {
            await KeepAsync(null);
            Resumed(_zone, pause.Since);
            _stopping.Dispose();
            _stopping = new();
            _polling = ReadAsync(_polling, _stopping.Token);
        }

        return Status(clock.GetUtcNow());
    }

    // As long as it is not stored, nothing has changed.
    private async Task KeepAsync(ConnectorPause? pause)
    {
        var before = cursors.State.Pause;
        cursors.State.Pause = pause;
        try
        {
            await SaveAsync();
        }
        catch
        {
            cursors.State.Pause = before;
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Zone}: paused by {By}")]
    private partial void Paused(MarketZone zone, string by);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Zone}: resumed; it was paused since {Since:u}")]
    private partial void Resumed(MarketZone zone, DateTimeOffset since);
}
