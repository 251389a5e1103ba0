namespace OptiBid.Grains.Interfaces;

/// <summary>What a location made of the ticks it was given in one turn.</summary>
/// <param name="Ticks">The ticks, in the order given, with their revisions assigned; the history stores these.</param>
/// <param name="Kinds">How each was taken.</param>
/// <param name="Newest">The newest prices that the turn moved or revised, one per price type.</param>
/// <param name="Host">The silo the location lives on.</param>
/// <param name="Findings">What rules of price alerts have found; its caller sees to it that the rules' users get it.</param>
[GenerateSerializer, Immutable, Alias("optibid.LocationTurn")]
public sealed record LocationTurn(
    [property: Id(0)] PriceTick[] Ticks,
    [property: Id(1)] TickKind[] Kinds,
    [property: Id(2)] PriceUpdate[] Newest,
    [property: Id(3)] SiloAddress Host,
    [property: Id(4)] AlertFinding[] Findings);

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
}
