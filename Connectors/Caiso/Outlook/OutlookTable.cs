using System.Globalization;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Caiso.Outlook;

/// <summary>
/// The rows of an Outlook file: a wall-clock label every five minutes from midnight, then numbers. What is to come is blank, and so
/// is the hour that spring leaves out. Where a label stands twice (autumn), the second is the repeated hour.
/// </summary>
internal static class OutlookTable
{
    /// <summary>Length of an interval, minutes.</summary>
    public const int Minutes = 5;

    /// <summary>A little more than the file may be ahead of the clock.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(10);

    /// <summary>Reads a file: per row the start of its interval, UTC, and the numbers of the columns named; rows without any are left out.</summary>
    /// <param name="feed">The feed, for errors.</param>
    /// <param name="body">The file.</param>
    /// <param name="day">The trade date it is asked for.</param>
    /// <param name="runningAt">For the file of the running day, now: just after midnight it may still be yesterday's. Else null.</param>
    /// <param name="measured">A column that holds no forecast, by which that is told; any where left out.</param>
    public static (string[] Columns, List<(DateTimeOffset Start, double?[] Values)> Rows) Read(
        string feed, ReadOnlyMemory<byte> body, DateOnly day, DateTimeOffset? runningAt, string? measured = null)
    {
        Payload.RefuseMarkup(feed, body.Span);
        using var csv = new CsvTable(feed, new MemoryStream(body.ToArray(), writable: false));
        var time = csv.Column("Time");
        int[] columns = [.. Enumerable.Range(0, csv.Columns.Count).Where(column => column != time && csv.Columns[column].Length > 0)];
        var labels = new List<(TimeOnly Label, bool IsRepeated, double?[] Values)>();
        var before = TimeOnly.MinValue;
        var isRepeated = false;
        while (csv.Read())
        {
            if (!csv.IsWhole || !TimeOnly.TryParse(csv[time], CultureInfo.InvariantCulture, out var label)) continue;
            // The file ends with the next day's midnight, which is the next file's.
            if (label == TimeOnly.MinValue && labels.Count > 0) break;
            isRepeated = label <= before && labels.Count > 0 || (isRepeated && label.Hour == before.Hour);
            before = label;
            double?[] values = [.. columns.Select(column => FeedNumber.Optional(csv[column]))];
            if (values.Any(value => value is not null)) labels.Add((label, isRepeated, values));
        }

        var told = Array.FindIndex(columns, column => csv.Columns[column].Equals(measured, StringComparison.OrdinalIgnoreCase));
        var last = labels.FindLastIndex(row => told < 0 || row.Values[told] is not null);
        if (runningAt is { } now && last >= 0 && Start(day, labels[last].Label, labels[last].IsRepeated) > now + Slack) day = day.AddDays(-1);
        var rows = labels
            .Select(row => (Start: Start(day, row.Label, row.IsRepeated), row.Values))
            .Where(row => row.Start is not null)
            .Select(row => (row.Start!.Value, row.Values))
            .ToList();
        return ([.. columns.Select(column => csv.Columns[column])], rows);
    }

    private static DateTimeOffset? Start(DateOnly day, TimeOnly label, bool isRepeated) =>
        WallClock.TryToUtc(day.ToDateTime(label), isRepeated, MarketClocks.Pacific, out var start) ? start : null;
}
