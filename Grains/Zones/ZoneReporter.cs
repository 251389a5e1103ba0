using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Quality;
using Orleans.Concurrency;

namespace OptiBid.Grains.Zones;

/// <summary>
/// Tells each zone now and then what this silo has counted of it. A zone that does not answer holds up no other, and what is
/// counted meanwhile goes with the next report; the report whose fate is not known is sent again as it was.
/// </summary>
internal sealed partial class ZoneReporter(
    ZoneTallies tallies, IGrainFactory grains, ILocalSiloDetails silo, IHostApplicationLifetime host, IOptions<QualityOptions> options, TimeProvider clock, ILogger<ZoneReporter> log) : BackgroundService
{
    /// <summary>A zone is told that there is nothing to tell this often, so that it stays awake and misses what does not come.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Sender[] _zones = [.. MarketZones.All.Select(zone => new Sender(zone))];

    /// <summary>Reports once to every zone that there is something to tell, or that has not heard for a while.</summary>
    public Task ReportAsync() => Task.WhenAll(_zones.Select(ReportAsync));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Before that there is no cluster to be asked.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = host.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);

        using var timer = new PeriodicTimer(options.Value.ReportEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var zone in _zones)
            {
                if (zone.Sending.IsCompleted) zone.Sending = ReportAsync(zone);
            }
        }
    }

    private async Task ReportAsync(Sender zone)
    {
        try
        {
            var now = clock.GetUtcNow();
            if (zone.Unsure is null)
            {
                var counts = tallies.Take(zone.Zone);
                if (counts.Length == 0 && now < zone.HeardAt + Idle) return;
                zone.Unsure = new ZoneReport(silo.SiloAddress, ++zone.Number, IsRepeated: false, counts);
            }

            var report = zone.Unsure;
            zone.Unsure = report with { IsRepeated = true };
            await grains.GetGrain<IZoneGrain>(zone.Zone.Name()).ReportAsync(report.AsImmutable()).WaitAsync(Patience, clock);
            (zone.Unsure, zone.HeardAt) = (null, now);
            if (zone.IsAway) LogBack(zone.Zone);
            zone.IsAway = false;
        }
        catch (Exception error)
        {
            // Whatever keeps a zone from answering, it is told again, and no price waits for it.
            if (!zone.IsAway) LogAway(zone.Zone, error.Message);
            zone.IsAway = true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Zone {Zone} does not take what this silo has counted; it is told again: {Reason}")]
    private partial void LogAway(MarketZone zone, string reason);

    [LoggerMessage(LogLevel.Information, "Zone {Zone} takes what this silo has counted again.")]
    private partial void LogBack(MarketZone zone);

    private sealed class Sender(MarketZone zone)
    {
        public MarketZone Zone => zone;

        public long Number { get; set; }

        public ZoneReport? Unsure { get; set; }

        public DateTimeOffset HeardAt { get; set; } = DateTimeOffset.UnixEpoch;

        public bool IsAway { get; set; }

        public Task Sending { get; set; } = Task.CompletedTask;
    }
}
