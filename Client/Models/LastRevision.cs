namespace OptiBid.Client.Models;

/// <summary>A revision by the market.</summary>
public sealed record LastRevision
{
    /// <summary>The price series.</summary>
    public required string PriceType { get; init; }

    /// <summary>Start of the revised interval, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>2 for the first other value, one more for each after.</summary>
    public required int Revision { get; init; }

    /// <summary>The price now, $/MWh.</summary>
    public required double Price { get; init; }

    /// <summary>When it was published, UTC.</summary>
    public required DateTimeOffset PublishedAt { get; init; }
}
