namespace OptiBid.Client.Models;

/// <summary>Top-bottom spreads of many days, $/MWh; null when no day has a value.</summary>
public sealed record StorageSummary
{
    /// <summary>Days with enough prices.</summary>
    public required int DaysWithValue { get; init; }

    /// <summary>Days with fewer than 2n hours with a price.</summary>
    public required int DaysWithoutValue { get; init; }

    /// <summary>Arithmetic mean.</summary>
    public double? Mean { get; init; }

    /// <summary>Median.</summary>
    public double? Median { get; init; }

    /// <summary>Least.</summary>
    public double? Min { get; init; }

    /// <summary>Greatest.</summary>
    public double? Max { get; init; }
}
