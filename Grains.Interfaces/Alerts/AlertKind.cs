namespace OptiBid.Grains.Interfaces;

/// <summary>What a rule looks at.</summary>
[GenerateSerializer, Alias("optibid.AlertKind")]
public enum AlertKind : byte
{
    /// <summary>The price rises above the threshold, $/MWh.</summary>
    Above = 1,

    /// <summary>The price falls below the threshold, $/MWh.</summary>
    Below = 2,

    /// <summary>The price moves by more than the threshold from one interval to the next, $/MWh either way.</summary>
    Change = 3,

    /// <summary>
    /// The price is further from the median of the 24 h before it than so many deviations: 1.4826 × the median absolute deviation,
    /// and at least 1 $/MWh. Nothing is said with fewer than 12 prices before it.
    /// </summary>
    Spike = 4,

    /// <summary>Day-ahead minus real-time (DART) is above the threshold, $/MWh.</summary>
    DartAbove = 5,

    /// <summary>Day-ahead minus real-time (DART) is below the threshold, $/MWh.</summary>
    DartBelow = 6,

    /// <summary>The volatility of price changes over the last hour is above the threshold, $/MWh.</summary>
    Volatility = 7,

    /// <summary>The newest interval known has ended longer ago than the threshold, minutes; looked at about every 15 s.</summary>
    Staleness = 8,
}
