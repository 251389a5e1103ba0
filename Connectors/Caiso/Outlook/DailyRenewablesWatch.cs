using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Caiso.Outlook;

/// <summary>
/// The Daily Renewables Watch, a text CAISO published of each day until 2018: two tables by hour-ending, renewable resources and total
/// production, columns parted by tabs. Of an hour that did not exist (spring) it holds an error message over two lines, of
/// one that came twice (autumn) the first.
/// </summary>
internal static partial class DailyRenewablesWatch
{
    private const string Title = "Hourly Breakdown of Total Production";

    /// <summary>True for such a text.</summary>
    public static bool Is(ReadOnlySpan<byte> body) => body.IndexOf("Hourly Breakdown of"u8) >= 0 && !Payload.IsMarkup(body);

    /// <summary>
    /// Reads the share of renewables in the production of each hour, percent, imports left out; hours without numbers are refused.
    /// </summary>
    /// <param name="feed">The feed, for errors.</param>
    /// <param name="body">The text.</param>
    /// <param name="reject">Takes the reason of a refusal.</param>
    public static IEnumerable<(DateTimeOffset Start, double Share)> Read(string feed, ReadOnlyMemory<byte> body, Action<string> reject)
    {
        var text = Quoted().Replace(Encoding.UTF8.GetString(body.Span), "?");
        string[][] lines = [.. text.Split('\n').Select(line => line.Split('\t', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Where(cells => cells.Length > 0)];
        if (!DateOnly.TryParseExact(lines[0][0], ["MM/dd/yy", "M/d/yy", "MM/dd/yyyy", "M/d/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            throw new MarketFeedException(feed, $"the report does not begin with a date but with \"{lines[0][0]}\"");

        var title = Array.FindIndex(lines, cells => cells.Any(cell => cell.StartsWith(Title, StringComparison.OrdinalIgnoreCase)));
        if (title < 0 || title + 1 >= lines.Length) throw new MarketFeedException(feed, $"the report lacks the table \"{Title}\"");
        return Hours(lines[title + 1], lines[(title + 2)..], day, reject, feed);
    }

    private static IEnumerable<(DateTimeOffset Start, double Share)> Hours(string[] header, string[][] rows, DateOnly day, Action<string> reject, string feed)
    {
        int Column(string name) => Array.FindIndex(header, title => title.Equals(name, StringComparison.OrdinalIgnoreCase));
        var (hour, renewables) = (Column("Hour"), Column("RENEWABLES"));
        if (hour < 0 || renewables < 0) throw new MarketFeedException(feed, $"column Hour or RENEWABLES is missing; the header is: {string.Join(", ", header)}");
        int[] others = [.. Enumerable.Range(0, header.Length).Where(column => column != hour && column != renewables && column != Column("IMPORTS"))];

        foreach (var cells in rows)
        {
            if (cells.Length != header.Length || !int.TryParse(cells[hour], NumberStyles.None, CultureInfo.InvariantCulture, out var ending)) continue;
            if (!new HourEnding(day, ending == 25 ? 2 : ending, Repeated: ending == 25).TryToUtc(MarketClocks.Pacific, out var start)) continue;
            double?[] values = [.. others.Prepend(renewables).Select(column => FeedNumber.Optional(cells[column]))];
            if (values.Any(value => value is null)) reject("an hour's production is not a number");
            else if (values.Sum(value => Math.Max(0, value!.Value)) is > 0 and var all) yield return (start, 100 * Math.Max(0, values[0]!.Value) / all);
        }
    }

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();
}
