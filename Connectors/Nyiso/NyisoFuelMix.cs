using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;

namespace OptiBid.Connectors.Nyiso;

/// <summary>
/// Fuel mix, file <c>rtfuelmix</c>: MW by fuel every five minutes, the stamp being the end. The share of renewables is that of
/// <c>Hydro</c>, <c>Wind</c>, <c>Other Renewables</c> and, should it come, <c>Solar</c> in all that generates; what charges a
/// storage generates nothing. Out of several stamps in five minutes the last stands for them.
/// </summary>
internal static class NyisoFuelMix
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private static readonly HashSet<string> Renewable = new(StringComparer.OrdinalIgnoreCase) { "Hydro", "Wind", "Other Renewables", "Solar" };

    /// <summary>Computes the shares.</summary>
    public static FeedPage Read(FundamentalPageBuilder page, Stream content)
    {
        using var csv = new CsvTable(page.Feed, content);
        var (time, timeZone) = (csv.Column("Time Stamp"), csv.Find("Time Zone"));
        var (fuel, generation) = (csv.Column("Fuel Category"), csv.Column("Gen MW", "Gen MWh"));
        var labels = new NyisoLabels(Interval);
        var stamps = new SortedDictionary<DateTimeOffset, Dictionary<string, double>>();
        while (csv.Read())
        {
            page.CountRow();
            if (!csv.IsWhole) page.Reject("the row is shorter than the header");
            else if (!labels.TryToUtc(csv, time, timeZone, csv[fuel], out var stamp)) page.Reject("Time Stamp or Time Zone cannot be read");
            else if (!page.Believes(stamp, "Time Stamp")) continue;
            else if (!FeedNumber.TryParse(csv[generation], out var megawatts)) page.Reject("Gen MW is blank or not a finite number");
            else if (stamps.TryGetValue(stamp, out var fuels)) fuels[csv[fuel]] = megawatts;
            else stamps[stamp] = new(StringComparer.OrdinalIgnoreCase) { [csv[fuel]] = megawatts };
        }

        var whole = stamps.Count == 0 ? 0 : stamps.Values.Max(fuels => fuels.Count);
        foreach (var interval in stamps.GroupBy(stamp => stamp.Key.Ceiling(Interval) - Interval))
        {
            var fuels = interval.LastOrDefault(stamp => stamp.Value.Count == whole).Value;
            if (fuels is not null && Share(fuels) is { } share)
                page.Add(new(FundamentalKind.RenewableShare, interval.Key, 5, share, interval.Key + 2 * Interval));
            else
                page.LeaveOut(interval.Key);
        }

        return page.Build("a fuel is missing or nothing generates");
    }

    private static double? Share(Dictionary<string, double> fuels)
    {
        var all = fuels.Values.Sum(megawatts => Math.Max(0, megawatts));
        return all > 0 ? Math.Round(100 * fuels.Where(fuel => Renewable.Contains(fuel.Key)).Sum(fuel => Math.Max(0, fuel.Value)) / all, 3) : null;
    }
}
