using Microsoft.Extensions.Hosting;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Live;

/// <summary>
/// Tells the gateways what this silo has made durable, at most four times a second, so that they give no answer of the history
/// that is older. When there is nothing to tell it says so every two seconds: a gateway that hears nothing, or misses a
/// number, knows that it may have missed something.
/// </summary>
internal sealed class HistoryTeller(WrittenPrices written, GatewayListeners gateways, ILocalSiloDetails silo, TimeProvider clock) : BackgroundService
{
    /// <summary>Shortest time between notices.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest time between notices.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    private long _number;
    private long? _toldAt;

    /// <summary>Sends a notice if one is due.</summary>
    public void Tell()
    {
        var now = clock.GetTimestamp();
        var days = written.Take();
        if (days.Length == 0 && _toldAt is { } last && clock.GetElapsedTime(last, now) < Beat) return;

        _toldAt = now;
        var notice = new HistoryNotice { Silo = silo.SiloAddress, Number = ++_number, Written = days };
        gateways.TellAll(notice, static (gateway, notice) => gateway.OnHistoryAsync(notice));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) Tell();
    }
}
