namespace OptiBid.Gateway.Analytics;

/// <summary>One of the two prices of an interval that a spread is made of.</summary>
/// <param name="Start">Start of the interval, UTC.</param>
/// <param name="Length">Its length.</param>
/// <param name="IsReference">Whether it is the one taken from the other.</param>
/// <param name="Price">The price, $/MWh.</param>
/// <param name="Coverage">Share of the interval that the price is known for, 0 to 1.</param>
internal readonly record struct SpreadLeg(DateTimeOffset Start, TimeSpan Length, bool IsReference, double Price, double Coverage);
