namespace OptiBid.Grains.Interfaces;

/// <summary>
/// The newest price of a location and price type, with its rolling volatility: what a location grain tells
/// the world after a tick moved or revised its newest price.
/// </summary>
/// <param name="Tick">The accepted tick, its revision assigned.</param>
/// <param name="Change">Change against the interval just before, $/MWh, as <see cref="PriceChange.Shown"/>; null when that interval is not known.</param>
/// <param name="Volatility1h">Sample standard deviation of price changes over the last hour, $/MWh; null with fewer than two changes.</param>
/// <param name="Volatility24h">The same over the last 24 hours, $/MWh.</param>
/// <param name="VolatilityEwma">Exponentially weighted volatility of price changes (RiskMetrics, λ = 0.94, zero mean), $/MWh; null before the first change.</param>
[GenerateSerializer, Immutable, Alias("optibid.PriceUpdate")]
public readonly record struct PriceUpdate(
    [property: Id(0)] PriceTick Tick,
    [property: Id(1)] double? Change,
    [property: Id(2)] double? Volatility1h,
    [property: Id(3)] double? Volatility24h,
    [property: Id(4)] double? VolatilityEwma)
{
    /// <summary>
    /// True when this update may follow <paramref name="shown"/> on a screen: a later interval, or the same
    /// interval at a later revision. A price never goes backwards.
    /// </summary>
    public bool Supersedes(in PriceUpdate shown) =>
        Tick.Timestamp != shown.Tick.Timestamp
            ? Tick.Timestamp > shown.Tick.Timestamp
            : Tick.Revision > shown.Tick.Revision;
}
