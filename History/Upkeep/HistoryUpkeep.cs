using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OptiBid.History.Hosting;

namespace OptiBid.History.Upkeep;

/// <summary>
/// Looks after the store while the process runs: at the start it brings it into line with the options, every hour it
/// makes room for the time that comes, and every day it removes what is older than is kept. Whatever fails is said in the
/// log and tried again a little later; prices go on meanwhile.
/// </summary>
internal sealed partial class HistoryUpkeep(
    IHistoryUpkeep store, IIngestionLog ingestions, IQualityEvents findings, IOptions<HistoryOptions> options, TimeProvider clock, ILogger<HistoryUpkeep> log) : BackgroundService
{
    /// <summary>Pause after everything went well.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Pause after a failure.</summary>
    public static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly RetentionOptions _retention = options.Value.Retention;
    private bool _isApplied;
    private DateTimeOffset _pricesDue;
    private DateTimeOffset _ingestionsDue;
    private DateTimeOffset _findingsDue;

    /// <summary>Does once what is due.</summary>
    /// <returns>Whether all of it succeeded.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ahead = await TryAsync("make room for the time that comes", () => store.PrepareAheadAsync(now, cancellationToken), cancellationToken);
        _isApplied = _isApplied || await TryAsync("apply the history's options", () => store.ApplyOptionsAsync(cancellationToken), cancellationToken);
        if (now >= _pricesDue && await TryAsync("remove old prices", () => RemovePricesAsync(now, cancellationToken), cancellationToken)) _pricesDue = now + Day;
        if (now >= _ingestionsDue && await TryAsync(
            "remove old records of fetches", () => ingestions.DeleteBeforeAsync(now - _retention.Ingestions, cancellationToken), cancellationToken)) _ingestionsDue = now + Day;
        if (now >= _findingsDue && await TryAsync(
            "remove old findings about the data", () => findings.DeleteBeforeAsync(now - _retention.QualityEvents, cancellationToken), cancellationToken)) _findingsDue = now + Day;
        return ahead && _isApplied && now < _pricesDue && now < _ingestionsDue && now < _findingsDue;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var pause = await RunAsync(stoppingToken) ? Pause : PauseAfterFailure;
            await Task.Delay(pause, clock, stoppingToken);
        }
    }

    private async Task RemovePricesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_retention.Prices is not { } age) return;

        var limit = now - age;
        if (await store.RemovePricesBeforeAsync(limit, cancellationToken) is { } removed) LogRemoved(removed, limit);
    }

    private async Task<bool> TryAsync(string what, Func<Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act();
            return true;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever ails the store, it is no reason to stop the process.
            LogFailed(what, error.Message, error);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "History: removed {What}, before {Limit:u}.")]
    private partial void LogRemoved(string what, DateTimeOffset limit);

    [LoggerMessage(LogLevel.Warning, "History: could not {What}; trying again later. {Reason}")]
    private partial void LogFailed(string what, string reason, Exception error);
}
