namespace OptiBid.Simulator.Serve.Market;

/// <summary>One value that a market has published for a place and an interval, $/MWh.</summary>
/// <param name="Start">Start of the interval, UTC.</param>
/// <param name="Price">Price.</param>
/// <param name="Energy">Energy component, where the market publishes components.</param>
/// <param name="Congestion">Congestion component.</param>
/// <param name="Loss">Loss component.</param>
/// <param name="Version">1 for the first value, one more for each correction.</param>
/// <param name="PublishedAt">When it was published, UTC.</param>
internal readonly record struct PriceVersion(
    DateTimeOffset Start, double Price, double? Energy, double? Congestion, double? Loss, int Version, DateTimeOffset PublishedAt);
