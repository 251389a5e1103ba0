namespace OptiBid.Client.Models;

/// <summary>A price that moved; both numbers in $/MWh.</summary>
public sealed record Mover
{
    /// <summary></summary>
    public required string Location { get; init; }

    /// <summary></summary>
    public string? LocationName { get; init; }

    /// <summary></summary>
    public required double Price { get; init; }

    /// <summary></summary>
    public required double Change { get; init; }
}
