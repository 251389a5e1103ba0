namespace OptiBid.Grains.Interfaces;

/// <summary>
/// What a silo has made durable in the history since its last notice: new prices, revised ones and those of backfills. A silo
/// numbers its notices one by one and sends one every few seconds also when there is nothing to tell, so that whoever
/// listens can tell that one was lost.
/// </summary>
[GenerateSerializer, Immutable, Alias("optibid.HistoryNotice")]
public sealed record HistoryNotice
{
    /// <summary>The silo that tells.</summary>
    [Id(0)] public required SiloAddress Silo { get; init; }

    /// <summary>One more than that of the silo's notice before.</summary>
    [Id(1)] public required long Number { get; init; }

    /// <summary>What was written; empty when nothing was.</summary>
    [Id(2)] public required WrittenDays[] Written { get; init; }
}

/// <summary>Days of a series in which prices were written, whichever locations they are of.</summary>
/// <param name="Zone">The market.</param>
/// <param name="PriceType">The price series.</param>
/// <param name="First">The first day, UTC, by the starts of the prices' intervals.</param>
/// <param name="Last">The last day, UTC, inclusive.</param>
[GenerateSerializer, Immutable, Alias("optibid.WrittenDays")]
public readonly record struct WrittenDays(
    [property: Id(0)] MarketZone Zone,
    [property: Id(1)] PriceType PriceType,
    [property: Id(2)] DateOnly First,
    [property: Id(3)] DateOnly Last);
