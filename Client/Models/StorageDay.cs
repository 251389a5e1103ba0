namespace OptiBid.Client.Models;

/// <summary>The top-bottom spread of one market day.</summary>
public sealed record StorageDay
{
    /// <summary>The day by the market's clock.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Its first instant, UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The first instant of the next day, UTC.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>23, 24 or 25.</summary>
    public required int HoursInDay { get; init; }

    /// <summary>Hours that have a price.</summary>
    public required int HoursWithPrice { get; init; }

    /// <summary>Share of the day that prices cover, 0 to 1: below 1, something is missing.</summary>
    public required double Coverage { get; init; }

    /// <summary>Mean of the dearest hours minus mean of the cheapest, $/MWh; null with fewer than 2n hours with a price.</summary>
    public double? Value { get; init; }

    /// <summary>Their sums' difference: $ per MW and day.</summary>
    public double? Total { get; init; }

    /// <summary>Mean of the dearest hours, $/MWh.</summary>
    public double? TopAverage { get; init; }

    /// <summary>Mean of the cheapest hours, $/MWh.</summary>
    public double? BottomAverage { get; init; }

    /// <summary>The dearest hours, in the order of time.</summary>
    public required IReadOnlyList<StorageHour> Top { get; init; }

    /// <summary>The cheapest hours, in the order of time.</summary>
    public required IReadOnlyList<StorageHour> Bottom { get; init; }
}
