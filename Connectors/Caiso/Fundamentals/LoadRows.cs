using OptiBid.Connectors.Caiso.Oasis;
using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Caiso.Fundamentals;

/// <summary>
/// Reads <c>SLD_FCST</c>: load by area, as forecast by several runs and as it was. Only the whole of the market,
/// <see cref="WholeMarket"/>, is told of. A row is taken for what it says it is, whatever was asked for.
/// </summary>
/// <param name="feed">The feed, for errors.</param>
/// <param name="run">Run asked for, for rows that name none.</param>
/// <param name="page">Takes the values in.</param>
internal sealed class LoadRows(string feed, string run, FundamentalPageBuilder page)
{
    /// <summary>The area that is the market's own, without those of the Western market.</summary>
    public const string WholeMarket = "CA ISO-TAC";

    private readonly OasisTime _times = new();
    private int _others;
    private int _own;

    /// <summary>What is amiss with what has been read; null when nothing is.</summary>
    public string? Warning => _others > 0 && _own == 0 ? $"{feed}: {_others} rows of other areas and none of {WholeMarket}" : null;

    /// <summary>Takes in a CSV file.</summary>
    public void Add(Stream content)
    {
        using var csv = new CsvTable(feed, content);
        var start = csv.Column("INTERVALSTARTTIME_GMT", "INTERVAL_START_GMT");
        var end = csv.Column("INTERVALENDTIME_GMT", "INTERVAL_END_GMT");
        var area = csv.Column("TAC_AREA_NAME", "TAC_ZONE_NAME");
        var value = csv.Column("MW", "VALUE");
        var (market, execution) = (csv.Find("MARKET_RUN_ID"), csv.Find("EXECUTION_TYPE"));
        while (csv.Read())
        {
            page.CountRow();
            if (!csv.IsWhole)
            {
                page.Reject("the row is shorter than the header");
                continue;
            }

            if (!csv[area].Equals(WholeMarket, StringComparison.OrdinalIgnoreCase))
            {
                _others++;
                continue;
            }

            _own++;
            var kind = market >= 0 && csv[market].Length > 0 ? csv[market] : run;
            // The real-time run has forecasts of five and of fifteen minutes; the execution type tells them apart.
            if (kind.Equals("RTM", StringComparison.OrdinalIgnoreCase) && execution >= 0 && csv[execution].Length > 0) kind = csv[execution];
            if (!_times.TryRead(csv[start], out var from) || !_times.TryRead(csv[end], out var to) || to <= from) page.Reject("INTERVALSTARTTIME_GMT or INTERVALENDTIME_GMT is not a time");
            else if (!page.Believes(from, "INTERVALSTARTTIME_GMT")) continue;
            else if (!FeedNumber.TryParse(csv[value], out var load)) page.Reject("the load is blank or not a finite number");
            else if (ForecastRun.LoadPublishedAt(kind, from) is not { } published) page.Reject($"the run {kind} is not known");
            else page.Add(new(IsActual(kind) ? FundamentalKind.Load : FundamentalKind.LoadForecast, from, (int)(to - from).TotalMinutes, load, published));
        }
    }

    private static bool IsActual(string kind) => kind.Equals("ACTUAL", StringComparison.OrdinalIgnoreCase);
}
