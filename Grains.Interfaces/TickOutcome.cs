namespace OptiBid.Grains.Interfaces;

/// <summary>What a location made of one tick.</summary>
/// <param name="Kind">How the tick was taken.</param>
/// <param name="Tick">The tick with its revision assigned; the history stores this.</param>
/// <param name="Newest">The location's newest price after it, when this tick moved or revised it; else null.</param>
[GenerateSerializer, Immutable, Alias("optibid.TickOutcome")]
public readonly record struct TickOutcome(
    [property: Id(0)] TickKind Kind,
    [property: Id(1)] PriceTick Tick,
    [property: Id(2)] PriceUpdate? Newest);

/// <summary>How a location took a tick.</summary>
[GenerateSerializer, Alias("optibid.TickKind")]
public enum TickKind : byte
{
    /// <summary>A later interval than any before: the new newest price.</summary>
    New = 1,

    /// <summary>An interval already known, published later with another value.</summary>
    Revised = 2,

    /// <summary>An interval before the newest that was not known: fills the history, does not move the newest price.</summary>
    Late = 3,

    /// <summary>An interval already known with the same value.</summary>
    Duplicate = 4,

    /// <summary>An interval already known with a value that was published later than this one.</summary>
    Superseded = 5,

    /// <summary>Refused: it breaks a rule of the market or of the contract.</summary>
    Rejected = 6,
}
