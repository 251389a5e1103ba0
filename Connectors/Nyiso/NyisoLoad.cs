using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;

namespace OptiBid.Connectors.Nyiso;

/// <summary>
/// Actual load, file <c>pal</c>: MW of each load zone every five minutes, the stamp being the start. Stamps out of turn, such as
/// 00:07:34, count only where the five minutes have no other.
/// </summary>
internal static class NyisoLoad
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>Sums the zones.</summary>
    public static FeedPage Read(FundamentalPageBuilder page, Stream content)
    {
        using var csv = new CsvTable(page.Feed, content);
        var (time, timeZone, ptid, load) = (csv.Column("Time Stamp"), csv.Find("Time Zone"), csv.Column("PTID"), csv.Column("Load"));
        var labels = new NyisoLabels(Interval);
        var stamps = new SortedDictionary<DateTimeOffset, Dictionary<string, double>>();
        while (csv.Read())
        {
            page.CountRow();
            if (!csv.IsWhole) page.Reject("the row is shorter than the header");
            else if (!labels.TryToUtc(csv, time, timeZone, csv[ptid], out var stamp)) page.Reject("Time Stamp or Time Zone cannot be read");
            else if (!page.Believes(stamp, "Time Stamp")) continue;
            else if (!FeedNumber.TryParse(csv[load], out var megawatts)) page.Reject("Load is blank or not a finite number");
            else if (stamps.TryGetValue(stamp, out var zones)) zones[csv[ptid]] = megawatts;
            else stamps[stamp] = new(StringComparer.Ordinal) { [csv[ptid]] = megawatts };
        }

        foreach (var interval in stamps.GroupBy(stamp => stamp.Key.Floor(Interval)))
        {
            if (interval.FirstOrDefault(stamp => stamp.Value.Count >= NyisoZones.Count).Value is { } zones)
                page.Add(new(FundamentalKind.Load, interval.Key, 5, Math.Round(zones.Values.Sum(), 3), interval.Key + Interval));
            else
                page.LeaveOut(interval.Key);
        }

        return page.Build($"fewer than {NyisoZones.Count} zones have a load");
    }
}
