namespace OptiBid.Client.Models;

/// <summary>Each zone in a line.</summary>
public sealed record ZoneSummaries
{
    /// <summary></summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary></summary>
    public required IReadOnlyList<ZoneSummary> Items { get; init; }
}
