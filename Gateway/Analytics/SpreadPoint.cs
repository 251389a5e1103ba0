namespace OptiBid.Gateway.Analytics;

/// <summary>A price minus another of the same time: of one interval, or the mean of several.</summary>
/// <param name="Start">Start, UTC.</param>
/// <param name="End">End, UTC.</param>
/// <param name="Price">The price, $/MWh.</param>
/// <param name="Reference">What is taken from it, $/MWh.</param>
/// <param name="DataPoints">How many intervals it is of.</param>
/// <param name="Coverage">Share of the time that intervals with both prices cover, 0 to 1.</param>
internal readonly record struct SpreadPoint(DateTimeOffset Start, DateTimeOffset End, double Price, double Reference, int DataPoints, double Coverage)
{
    /// <summary>The spread, $/MWh.</summary>
    public double Value => Price - Reference;
}
