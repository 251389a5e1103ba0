using System.Text.Json.Serialization;

namespace OptiBid.Client.Models;

/// <summary>How the spreads of a series are distributed, $/MWh; null where there are too few.</summary>
public sealed record SpreadStatistics
{
    /// <summary>How many there are.</summary>
    public required int Count { get; init; }

    /// <summary>Arithmetic mean.</summary>
    public double? Mean { get; init; }

    /// <summary>Sample standard deviation (n − 1).</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>Least.</summary>
    public double? Min { get; init; }

    /// <summary>Greatest.</summary>
    public double? Max { get; init; }

    /// <summary>Share of spreads above zero, 0 to 1.</summary>
    public double? PositiveShare { get; init; }

    /// <summary>A twentieth of them lies below.</summary>
    [JsonPropertyName("quantile_5")]
    public double? Quantile5 { get; init; }

    /// <summary>The median.</summary>
    [JsonPropertyName("quantile_50")]
    public double? Quantile50 { get; init; }

    /// <summary>A twentieth of them lies above.</summary>
    [JsonPropertyName("quantile_95")]
    public double? Quantile95 { get; init; }
}
