namespace OptiBid.Client.Models;

/// <summary>Figures of zones, by zone and price series.</summary>
public sealed record CurrentMetrics
{
    /// <summary></summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary></summary>
    public required IReadOnlyList<ZoneMetrics> Items { get; init; }
}
