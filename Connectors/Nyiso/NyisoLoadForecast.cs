using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Nyiso;

/// <summary>
/// Load forecast, file <c>isolf</c>: MW by hour (the stamp is its start) for the file's day and five more, a column for each zone
/// and <c>NYISO</c> for all. It is out by eight in the morning of the day before; rows do not say.
/// </summary>
internal static class NyisoLoadForecast
{
    private static readonly TimeSpan BeforeItsDay = TimeSpan.FromHours(16);

    /// <summary>Takes the system's column.</summary>
    public static FeedPage Read(FundamentalPageBuilder page, Stream content)
    {
        using var csv = new CsvTable(page.Feed, content);
        var (time, system) = (csv.Column("Time Stamp"), csv.Column("NYISO"));
        var labels = new NyisoLabels(TimeSpan.FromHours(1));
        DateTimeOffset? published = null;
        while (csv.Read())
        {
            page.CountRow();
            if (!csv.IsWhole)
            {
                page.Reject("the row is shorter than the header");
            }
            else if (!labels.TryRead(csv[time], out var local) || !labels.TryToUtc(local, "NYISO", out var start))
            {
                page.Reject("Time Stamp cannot be read");
            }
            else if (page.Believes(start, "Time Stamp"))
            {
                published ??= Published(local);
                if (FeedNumber.TryParse(csv[system], out var megawatts)) page.Add(new(FundamentalKind.LoadForecast, start, 60, megawatts, published.Value));
                else page.Reject("NYISO is blank or not a finite number");
            }
        }

        return page.Build();
    }

    /// <summary>Eight in the morning of the day before the file's first.</summary>
    private static DateTimeOffset Published(DateTime first)
    {
        _ = WallClock.TryToUtc(first.Date - BeforeItsDay, repeated: false, MarketClocks.Eastern, out var published);
        return published;
    }
}
