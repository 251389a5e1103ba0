using OptiBid.Connectors.Caiso.Oasis;
using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Caiso.Fundamentals;

/// <summary>
/// Reads <c>SLD_REN_FCST</c>: wind and sun by trading hub, added up over the hubs. An interval that lacks a hub which others of the
/// same kind have is left out: its sum would be too low. What was produced is in the report too, and passed over.
/// </summary>
/// <param name="feed">The feed, for errors.</param>
/// <param name="run">Run asked for, for rows that name none.</param>
/// <param name="page">Takes the values in.</param>
internal sealed class RenewableRows(string feed, string run, FundamentalPageBuilder page)
{
    private readonly OasisTime _times = new();
    private readonly Dictionary<(FundamentalKind Kind, string Run, int Minutes, DateTimeOffset Start), Dictionary<string, double>> _sums = [];

    /// <summary>Takes in a CSV file.</summary>
    public void Add(Stream content)
    {
        using var csv = new CsvTable(feed, content);
        var start = csv.Column("INTERVALSTARTTIME_GMT", "INTERVAL_START_GMT");
        var end = csv.Column("INTERVALENDTIME_GMT", "INTERVAL_END_GMT");
        var hub = csv.Column("TRADING_HUB", "TRADING_HUB_NAME");
        var type = csv.Column("RENEWABLE_TYPE");
        var value = csv.Column("MW", "VALUE");
        var market = csv.Find("MARKET_RUN_ID");
        while (csv.Read())
        {
            page.CountRow();
            var ran = !csv.IsWhole || market < 0 || csv[market].Length == 0 ? run : csv[market].ToUpperInvariant();
            if (!csv.IsWhole) page.Reject("the row is shorter than the header");
            else if (ran == "ACTUAL") continue;
            else if (!_times.TryRead(csv[start], out var from) || !_times.TryRead(csv[end], out var to) || to <= from) page.Reject("INTERVALSTARTTIME_GMT or INTERVALENDTIME_GMT is not a time");
            else if (!page.Believes(from, "INTERVALSTARTTIME_GMT")) continue;
            else if (Kind(csv[type]) is not { } kind) page.Reject("RENEWABLE_TYPE is neither wind nor solar");
            else if (!FeedNumber.TryParse(csv[value], out var output)) page.Reject("the output is blank or not a finite number");
            else Sum(kind, ran, (int)(to - from).TotalMinutes, from)[csv[hub].ToUpperInvariant()] = output;
        }
    }

    /// <summary>Hands the sums over. To be called once all files are in.</summary>
    public void Finish()
    {
        foreach (var series in _sums.GroupBy(sum => (sum.Key.Kind, sum.Key.Run, sum.Key.Minutes)))
        {
            var hubs = series.SelectMany(sum => sum.Value.Keys).ToHashSet(StringComparer.Ordinal);
            foreach (var (key, outputs) in series)
            {
                if (outputs.Count < hubs.Count) page.Reject($"an interval lacks {string.Join(", ", hubs.Except(outputs.Keys).Order())}");
                else if (ForecastRun.RenewablePublishedAt(key.Run, key.Start) is not { } published) page.Reject($"the run {key.Run} is not known");
                else page.Add(new(key.Kind, key.Start, key.Minutes, Math.Max(0, outputs.Values.Sum()), published));
            }
        }
    }

    private Dictionary<string, double> Sum(FundamentalKind kind, string ran, int minutes, DateTimeOffset start)
    {
        if (!_sums.TryGetValue((kind, ran, minutes, start), out var sum)) _sums[(kind, ran, minutes, start)] = sum = [];
        return sum;
    }

    private static FundamentalKind? Kind(string type) =>
        type.Contains("wind", StringComparison.OrdinalIgnoreCase) ? FundamentalKind.WindForecast
        : type.Contains("solar", StringComparison.OrdinalIgnoreCase) ? FundamentalKind.SolarForecast
        : null;
}
