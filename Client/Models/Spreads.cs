namespace OptiBid.Client.Models;

/// <summary>Spreads of one location: price minus reference.</summary>
public sealed record Spreads
{
    /// <summary>The market.</summary>
    public required string MarketZone { get; init; }

    /// <summary>The market's own id of the place.</summary>
    public required string Location { get; init; }

    /// <summary>The market's name for it; null when the directory does not have it.</summary>
    public string? LocationName { get; init; }

    /// <summary>dart or basis.</summary>
    public required string Kind { get; init; }

    /// <summary>Series of the price.</summary>
    public required string PriceType { get; init; }

    /// <summary>Where the reference is of: the location itself (dart), or its hub (basis).</summary>
    public required string ReferenceLocation { get; init; }

    /// <summary>Series of the reference.</summary>
    public required string ReferencePriceType { get; init; }

    /// <summary>Start of the range asked for, UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Its end, UTC.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Intervals left out because prices do not cover the whole of it.</summary>
    public required int Incomplete { get; init; }

    /// <summary>Of the whole series, whichever page this is.</summary>
    public required SpreadStatistics Statistics { get; init; }

    /// <summary>The series, in the order of time.</summary>
    public required IReadOnlyList<SpreadPoint> Items { get; init; }

    /// <summary>Goes on after this page; absent on the last.</summary>
    public string? NextCursor { get; init; }
}
