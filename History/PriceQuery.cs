using OptiBid.Grains.Interfaces;

namespace OptiBid.History;

/// <summary>
/// What to read from the history. Always bound in time. The order is total: interval start (as
/// <see cref="Descending"/> says), then zone, location and price type ascending (by their names on the wire, byte
/// by byte), so that a page can go on after the last row of the page before.
/// </summary>
public sealed record PriceQuery
{
    /// <summary>First interval start wanted, UTC, inclusive.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>End of the interval starts wanted, UTC, exclusive.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Zones wanted; empty means all.</summary>
    public IReadOnlyList<MarketZone> Zones { get; init; } = [];

    /// <summary>Location texts wanted, in whichever zone; empty means all.</summary>
    public IReadOnlyList<string> Locations { get; init; } = [];

    /// <summary>Price types wanted; empty means all.</summary>
    public IReadOnlyList<PriceType> PriceTypes { get; init; } = [];

    /// <summary>Lowest price wanted, $/MWh, inclusive.</summary>
    public double? MinPrice { get; init; }

    /// <summary>Highest price wanted, $/MWh, inclusive.</summary>
    public double? MaxPrice { get; init; }

    /// <summary>
    /// What was known at this instant, UTC: of each price the value published last at or before it, and none where the
    /// first was published later. Null for what is known now. Judged by <see cref="PriceTick.PublishedAt"/>, whenever the
    /// value came here, so that a backfilled year can be tested without looking ahead.
    /// </summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Newest interval first.</summary>
    public bool Descending { get; init; }

    /// <summary>Rows at the most; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Go on after the row with this key, in the query's order.</summary>
    public PriceKey? After { get; init; }
}

/// <summary>Key of a price in the history.</summary>
/// <param name="Timestamp">Interval start, UTC.</param>
/// <param name="Zone">The market.</param>
/// <param name="Location">The market's id of the place.</param>
/// <param name="PriceType">The price series.</param>
/// <param name="Revision">Where every revision of a price is read: which of them; left out, the last there can be.</param>
public readonly record struct PriceKey(DateTimeOffset Timestamp, MarketZone Zone, string Location, PriceType PriceType, int Revision = int.MaxValue);
