using System.Text.Json.Serialization;
using OptiBid.Gateway.Analytics;

namespace OptiBid.Gateway.Api.Analytics;

/// <summary>Spreads of one location: price minus reference.</summary>
/// <param name="MarketZone">The market.</param>
/// <param name="Location">The market's own id of the place.</param>
/// <param name="LocationName">The market's name for it; null when the directory does not have it.</param>
/// <param name="Kind">dart or basis.</param>
/// <param name="PriceType">Series of the price.</param>
/// <param name="ReferenceLocation">Where the reference is of: the location itself (dart), or its hub (basis).</param>
/// <param name="ReferencePriceType">Series of the reference.</param>
/// <param name="Start">Start of the range asked for, UTC.</param>
/// <param name="End">Its end, UTC.</param>
/// <param name="Incomplete">Intervals left out because prices do not cover the whole of it.</param>
/// <param name="Statistics">Of the whole series, whichever page this is.</param>
/// <param name="Items">The series, in the order of time.</param>
/// <param name="NextCursor">Goes on after this page; absent on the last.</param>
public sealed record SpreadsAnswer(
    string MarketZone, string Location, string? LocationName, string Kind, string PriceType, string ReferenceLocation, string ReferencePriceType,
    DateTime Start, DateTime End, int Incomplete, SpreadStatistics Statistics, IReadOnlyList<SpreadView> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NextCursor);

/// <summary>How the spreads of a series are distributed, $/MWh; null where there are too few.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="StandardDeviation">Sample standard deviation (n − 1).</param>
/// <param name="Min">Least.</param>
/// <param name="Max">Greatest.</param>
/// <param name="PositiveShare">Share of spreads above zero, 0 to 1.</param>
/// <param name="Quantile5">A twentieth of them lies below.</param>
/// <param name="Quantile50">The median.</param>
/// <param name="Quantile95">A twentieth of them lies above.</param>
public sealed record SpreadStatistics(
    int Count, double? Mean, double? StandardDeviation, double? Min, double? Max, double? PositiveShare,
    [property: JsonPropertyName("quantile_5")] double? Quantile5,
    [property: JsonPropertyName("quantile_50")] double? Quantile50,
    [property: JsonPropertyName("quantile_95")] double? Quantile95)
{
    internal static SpreadStatistics Of(Distribution spreads) => new(
        spreads.Count, spreads.Mean, spreads.StandardDeviation, spreads.Min, spreads.Max, spreads.PositiveShare,
        spreads.Quantile(0.05), spreads.Quantile(0.5), spreads.Quantile(0.95));
}

/// <summary>One spread.</summary>
/// <param name="Timestamp">Start of its interval, UTC.</param>
/// <param name="End">The interval's end, UTC.</param>
/// <param name="Spread">Price minus reference, $/MWh.</param>
/// <param name="Price">Day-ahead price (dart), or the location's (basis); with resample its mean, $/MWh.</param>
/// <param name="Reference">Mean real-time price (dart), or the hub's (basis); with resample its mean, $/MWh.</param>
/// <param name="DataPoints">How many hours (dart) or intervals (basis) it is of.</param>
/// <param name="Coverage">Share of the interval that they cover, 0 to 1.</param>
public sealed record SpreadView(DateTime Timestamp, DateTime End, double Spread, double Price, double Reference, int DataPoints, double Coverage)
{
    internal static SpreadView Of(SpreadPoint point) =>
        new(point.Start.UtcDateTime, point.End.UtcDateTime, point.Value, point.Price, point.Reference, point.DataPoints, point.Coverage);
}
