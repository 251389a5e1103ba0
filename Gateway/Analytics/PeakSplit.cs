using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Analytics;

/// <summary>Mean prices of a market's on-peak and off-peak hours; every hour counts alike.</summary>
internal sealed class PeakSplit(MarketZone zone)
{
    private double _peakSum;
    private double _offPeakSum;

    /// <summary>On-peak hours with a price.</summary>
    public int PeakHours { get; private set; }

    /// <summary>Off-peak hours with a price.</summary>
    public int OffPeakHours { get; private set; }

    /// <summary>Mean of the on-peak hours, $/MWh; null without one.</summary>
    public double? PeakAverage => PeakHours == 0 ? null : _peakSum / PeakHours;

    /// <summary>Mean of the off-peak hours, $/MWh; null without one.</summary>
    public double? OffPeakAverage => OffPeakHours == 0 ? null : _offPeakSum / OffPeakHours;

    public void Add(HourPrice hour)
    {
        if (Analytics.PeakHours.Contains(zone, hour.Start))
        {
            _peakSum += hour.Price;
            PeakHours++;
        }
        else
        {
            _offPeakSum += hour.Price;
            OffPeakHours++;
        }
    }
}
