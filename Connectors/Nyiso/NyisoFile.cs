using System.Globalization;
using OptiBid.Connectors.Http;

namespace OptiBid.Connectors.Nyiso;

/// <summary>
/// One kind of file that NYISO writes for each day of its calendar, <c>{BaseUrl}/csv/{Folder}/YYYYMMDD{Stem}.csv</c>, and gathers
/// by month, <c>YYYYMM01{Stem}_csv.zip</c>. A day's file holds the intervals that start on that day.
/// </summary>
/// <param name="Folder">Folder under <c>csv</c>.</param>
/// <param name="Stem">What follows the date in a name.</param>
internal sealed record NyisoFile(string Folder, string Stem)
{
    /// <summary>The public address of the interface.</summary>
    public const string PublicUrl = "https://mis.nyiso.com/public";

    /// <summary>Feed name, such as <c>nyiso:realtime_zone</c>.</summary>
    public string FeedName => "nyiso:" + Stem;

    /// <summary>Address of a day's file.</summary>
    public Uri Daily(string root, DateOnly day) => MarketAddress.Build(root, $"csv/{Folder}/{Date(day)}{Stem}.csv");

    /// <summary>Address of a month's archive.</summary>
    public Uri Monthly(string root, DateOnly month) => MarketAddress.Build(root, $"csv/{Folder}/{Date(Month(month))}{Stem}_csv.zip");

    /// <summary>The first day of a day's month.</summary>
    public static DateOnly Month(DateOnly day) => new(day.Year, day.Month, 1);

    /// <summary>The day an archive's member is of; null when its name does not say.</summary>
    public static DateOnly? DayOf(string member)
    {
        var name = member.AsSpan(member.LastIndexOf('/') + 1);
        return name.Length > 8 && DateOnly.TryParseExact(name[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    private static string Date(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
