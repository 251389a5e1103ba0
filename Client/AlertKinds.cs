namespace OptiBid.Client;

/// <summary>What an alert rule may look at, as it is written.</summary>
public static class AlertKinds
{
    /// <summary>The price is above the threshold, $/MWh.</summary>
    public const string Above = "ABOVE";

    /// <summary>The price is below the threshold, $/MWh.</summary>
    public const string Below = "BELOW";

    /// <summary>The price moves by more than the threshold from one interval to the next, $/MWh either way.</summary>
    public const string Change = "CHANGE";

    /// <summary>The price is further from the median of its last 24 h than so many scaled median deviations.</summary>
    public const string Spike = "SPIKE";

    /// <summary>Day-ahead minus real-time is above the threshold, $/MWh.</summary>
    public const string DartAbove = "DART_ABOVE";

    /// <summary>Day-ahead minus real-time is below the threshold, $/MWh.</summary>
    public const string DartBelow = "DART_BELOW";

    /// <summary>The volatility of the last hour is above the threshold, $/MWh.</summary>
    public const string Volatility = "VOLATILITY";

    /// <summary>The newest interval known ended longer ago than the threshold, minutes.</summary>
    public const string Staleness = "STALENESS";
}
