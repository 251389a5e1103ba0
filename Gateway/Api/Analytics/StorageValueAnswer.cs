using OptiBid.Gateway.Analytics;

namespace OptiBid.Gateway.Api.Analytics;

/// <summary>Top-bottom spreads of one location, day by day.</summary>
/// <param name="MarketZone">The market.</param>
/// <param name="Location">The market's own id of the place.</param>
/// <param name="LocationName">The market's name for it; null when the directory does not have it.</param>
/// <param name="PriceType">The price series.</param>
/// <param name="Hours">Hours charged and hours discharged: the n of TBn.</param>
/// <param name="Timezone">The market's clock, whose midnights part the days.</param>
/// <param name="Start">Start of the range asked for, UTC.</param>
/// <param name="End">Its end, UTC.</param>
/// <param name="Summary">Of the days with a value.</param>
/// <param name="Days">The market's days that begin within the range, each whole.</param>
public sealed record StorageValueAnswer(
    string MarketZone, string Location, string? LocationName, string PriceType, int Hours, string Timezone, DateTime Start, DateTime End,
    StorageSummary Summary, IReadOnlyList<StorageDayView> Days);

/// <summary>Top-bottom spreads of many days, $/MWh; null when no day has a value.</summary>
/// <param name="DaysWithValue">Days with enough prices.</param>
/// <param name="DaysWithoutValue">Days with fewer than 2n hours with a price.</param>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="Median">Median.</param>
/// <param name="Min">Least.</param>
/// <param name="Max">Greatest.</param>
public sealed record StorageSummary(int DaysWithValue, int DaysWithoutValue, double? Mean, double? Median, double? Min, double? Max)
{
    internal static StorageSummary Of(IReadOnlyCollection<StorageDay> days)
    {
        var values = new Distribution(days.Select(static day => day.Value).OfType<double>());
        return new StorageSummary(values.Count, days.Count - values.Count, values.Mean, values.Quantile(0.5), values.Min, values.Max);
    }
}

/// <summary>The top-bottom spread of one market day.</summary>
/// <param name="Date">The day by the market's clock.</param>
/// <param name="Start">Its first instant, UTC.</param>
/// <param name="End">The first instant of the next day, UTC.</param>
/// <param name="HoursInDay">23, 24 or 25.</param>
/// <param name="HoursWithPrice">Hours that have a price.</param>
/// <param name="Coverage">Share of the day that prices cover, 0 to 1: below 1, something is missing.</param>
/// <param name="Value">Mean of the dearest hours minus mean of the cheapest, $/MWh; null with fewer than 2n hours with a price.</param>
/// <param name="Total">Their sums' difference: $ per MW and day.</param>
/// <param name="TopAverage">Mean of the dearest hours, $/MWh.</param>
/// <param name="BottomAverage">Mean of the cheapest hours, $/MWh.</param>
/// <param name="Top">The dearest hours, in the order of time.</param>
/// <param name="Bottom">The cheapest hours, in the order of time.</param>
public sealed record StorageDayView(
    DateOnly Date, DateTime Start, DateTime End, int HoursInDay, int HoursWithPrice, double Coverage,
    double? Value, double? Total, double? TopAverage, double? BottomAverage, IReadOnlyList<HourView> Top, IReadOnlyList<HourView> Bottom)
{
    internal static StorageDayView Of(StorageDay day) => new(
        day.Day.Date, day.Day.Start.UtcDateTime, day.Day.End.UtcDateTime, day.Day.Hours, day.HoursWithPrice, day.Coverage,
        day.Value, day.Total, day.TopAverage, day.BottomAverage, [.. day.Top.Select(HourView.Of)], [.. day.Bottom.Select(HourView.Of)]);
}

/// <summary>The price of one hour.</summary>
/// <param name="Timestamp">Start of the hour, UTC.</param>
/// <param name="Price">Mean of its prices, $/MWh.</param>
/// <param name="Coverage">Share of the hour that prices cover, 0 to 1.</param>
public sealed record HourView(DateTime Timestamp, double Price, double Coverage)
{
    internal static HourView Of(HourPrice hour) => new(hour.Start.UtcDateTime, hour.Price, hour.Coverage);
}
