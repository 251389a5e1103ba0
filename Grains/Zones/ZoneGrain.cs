using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Quality;
using OptiBid.History;
using Orleans.Concurrency;

namespace OptiBid.Grains.Zones;

/// <summary>
/// One zone: a page that calls the <see cref="ZoneKeeper"/>. Reports and questions are answered while it reads or writes the
/// history. No price's way leads through it.
/// </summary>
[Reentrant]
internal sealed partial class ZoneGrain(
    IZoneHours hours, IZoneMetrics metrics, IDataQuality quality, IQualityEvents events, QualityOutbox outbox, ZoneInstruments instruments,
    IOptions<QualityOptions> options, TimeProvider clock, ILogger<ZoneGrain> log) : Grain, IZoneGrain
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _going = new();
    private ZoneKeeper _keeper = null!;
    private MarketZone _zone;
    private string? _connectorTrouble;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _zone = MarketZones.TryParse(this.GetPrimaryKeyString(), out var zone)
            ? zone
            : throw new ArgumentException($"'{this.GetPrimaryKeyString()}' is not a zone; expected one of {string.Join(", ", MarketZones.All)}.");
        _keeper = new ZoneKeeper(_zone, new(hours, metrics, quality, events, AskConnectorAsync, outbox.Tell), options.Value, clock, log);
        this.RegisterGrainTimer(RunAsync, new() { DueTime = TimeSpan.Zero, Period = options.Value.ReportEvery, Interleave = true });
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _going.CancelAsync();
        instruments.Forget(_zone);
        try
        {
            await _keeper.SaveAsync(cancellationToken).WaitAsync(Patience, clock, cancellationToken);
        }
        catch (Exception error) when (error is HistoryUnavailableException or TimeoutException or OperationCanceledException)
        {
            // The counts since the last writing are lost with it; what was received is the history's to tell.
            LogNotSaved(_zone, error.Message);
        }

        _going.Dispose();
    }

    public Task ReportAsync(Immutable<ZoneReport> report)
    {
        _keeper.Report(report.Value);
        return Task.CompletedTask;
    }

    public Task<ZoneQuality> GetQualityAsync() => Task.FromResult(_keeper.Snapshot());

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _keeper.RunAsync(_going.Token);
            instruments.Show(_zone, _keeper.Snapshot().Feeds);
        }
        catch (OperationCanceledException) when (_going.IsCancellationRequested)
        {
        }
        catch (Exception error)
        {
            // The next turn of the timer tries again.
            LogFailed(_zone, error);
        }
    }

    private async Task<ConnectorStatus?> AskConnectorAsync()
    {
        try
        {
            var status = await GrainFactory.GetGrain<IZoneConnectorGrain>(_zone.Name()).GetStatusAsync().WaitAsync(Patience, clock, _going.Token);
            _connectorTrouble = null;
            return status;
        }
        catch (Exception error) when (!_going.IsCancellationRequested)
        {
            // Whatever keeps it from answering, its refused rows are counted when it does.
            if (_connectorTrouble != error.Message) LogConnectorAway(_zone, error.Message);
            _connectorTrouble = error.Message;
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Zone {Zone}: its last counts could not be written: {Reason}")]
    private partial void LogNotSaved(MarketZone zone, string reason);

    [LoggerMessage(LogLevel.Error, "Zone {Zone}: its figures could not be worked out.")]
    private partial void LogFailed(MarketZone zone, Exception error);

    [LoggerMessage(LogLevel.Information, "Zone {Zone}: its connector does not say what it has refused: {Reason}")]
    private partial void LogConnectorAway(MarketZone zone, string reason);
}
