using OptiBid.Connectors.Caiso.Prices;

namespace OptiBid.Connectors.Caiso.Corrections;

/// <summary>One interval of one market whose prices were corrected.</summary>
/// <param name="Report">The report that has the prices.</param>
/// <param name="Start">Start of the interval, UTC.</param>
/// <param name="GeneratedAt">When the correction was made, UTC.</param>
internal readonly record struct PriceCorrection(CaisoFeedDefinition Report, DateTimeOffset Start, DateTimeOffset GeneratedAt);
