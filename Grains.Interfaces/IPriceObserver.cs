using Orleans.Concurrency;

namespace OptiBid.Grains.Interfaces;

/// <summary>A gateway's ear in the cluster: one per gateway process, never one per client.</summary>
[Alias("optibid.IPriceObserver")]
public interface IPriceObserver : IGrainObserver
{
    /// <summary>Newest prices that moved, in the order each location moved them.</summary>
    [OneWay]
    [Alias("OnPrices")]
    Task OnPricesAsync(Immutable<PriceUpdate[]> updates);

    /// <summary>Findings about a zone's data that began or ended.</summary>
    [OneWay]
    [Alias("OnQuality")]
    Task OnQualityAsync(Immutable<QualityEvent[]> events);

    /// <summary>Alerts that have fired, each for its user alone.</summary>
    [OneWay]
    [Alias("OnAlerts")]
    Task OnAlertsAsync(Immutable<Alert[]> alerts);

    /// <summary>What has become durable in the history, of any zone.</summary>
    [OneWay]
    [Alias("OnHistory")]
    Task OnHistoryAsync(HistoryNotice notice);
}
