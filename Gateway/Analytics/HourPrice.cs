namespace OptiBid.Gateway.Analytics;

/// <summary>The mean price of one clock hour of one series.</summary>
/// <param name="Start">When the hour starts, UTC.</param>
/// <param name="Price">Arithmetic mean of the hour's prices, $/MWh.</param>
/// <param name="Coverage">Share of the hour that prices cover, 0 to 1.</param>
internal readonly record struct HourPrice(DateTimeOffset Start, double Price, double Coverage);
