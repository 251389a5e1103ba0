namespace OptiBid.Gateway.Analytics;

/// <summary>
/// The top-bottom spread of one market day (TBn): mean of the n dearest hours minus mean of the n cheapest. It is what
/// prices offered a storage of n hours for one cycle, with foresight, without losses, and whether or not the cheap hours
/// come before the dear ones. docs/analytics.md names the sources.
/// </summary>
/// <param name="Day">The day.</param>
/// <param name="Top">The dearest hours, in the order of time; empty without a value.</param>
/// <param name="Bottom">The cheapest hours, in the order of time; empty without a value.</param>
/// <param name="HoursWithPrice">Hours of the day with a price.</param>
/// <param name="Coverage">Share of the day that prices cover, 0 to 1.</param>
internal sealed record StorageDay(MarketDay Day, IReadOnlyList<HourPrice> Top, IReadOnlyList<HourPrice> Bottom, int HoursWithPrice, double Coverage)
{
    /// <summary>Mean of the dearest hours, $/MWh.</summary>
    public double? TopAverage => Average(Top);

    /// <summary>Mean of the cheapest hours, $/MWh.</summary>
    public double? BottomAverage => Average(Bottom);

    /// <summary>TBn, $/MWh; null for a day with fewer than 2n hours with a price.</summary>
    public double? Value => TopAverage - BottomAverage;

    /// <summary>Sum of the dearest hours minus sum of the cheapest: $ per MW of power and day; n times the value.</summary>
    public double? Total => Value * Top.Count;

    /// <summary>The day's spread.</summary>
    /// <param name="day">The day.</param>
    /// <param name="hours">Prices of its hours, each hour at most once.</param>
    /// <param name="n">Hours charged and hours discharged, at least 1.</param>
    public static StorageDay Of(MarketDay day, IReadOnlyCollection<HourPrice> hours, int n)
    {
        var coverage = hours.Sum(static hour => hour.Coverage) / day.Hours;
        if (hours.Count < 2 * n) return new StorageDay(day, [], [], hours.Count, coverage);

        // Of hours of one price the earlier counts as the cheaper, so that no hour is in both and every run names the same.
        HourPrice[] ordered = [.. hours.OrderBy(static hour => hour.Price).ThenBy(static hour => hour.Start)];
        return new StorageDay(day, InTime(ordered[^n..]), InTime(ordered[..n]), hours.Count, coverage);
    }

    private static HourPrice[] InTime(HourPrice[] hours) => [.. hours.OrderBy(static hour => hour.Start)];

    private static double? Average(IReadOnlyList<HourPrice> hours) => hours.Count == 0 ? null : hours.Average(static hour => hour.Price);
}
