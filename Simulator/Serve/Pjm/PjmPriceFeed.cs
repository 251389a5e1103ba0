using System.Globalization;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Pjm;

/// <summary>A price feed of Data Miner 2. Rows come by interval, within it by pnode, within that by version.</summary>
internal sealed class PjmPriceFeed : IPjmFeed
{
    private readonly ServedMarket _market;
    private readonly PriceFeed _feed;
    private readonly bool _isLive;
    private readonly string _energyFormat;

    public PjmPriceFeed(ServedMarket market, PriceFeed feed)
    {
        (_market, _feed) = (market, feed);
        _isLive = feed == PriceFeeds.PjmLive;
        var suffix = feed.Type.IsDayAhead() ? "da" : "rt";
        _energyFormat = feed.Type.IsDayAhead() ? "0.00" : "0.000000";
        Columns = _isLive
            ? ["datetime_beginning_utc", "datetime_beginning_ept", "pnode_id", "pnode_name", "type", "total_lmp_rt", "congestion_price_rt", "marginal_loss_price_rt", "occ_check", "ref_caseid_used_multi_interval"]
            :
            [
                "datetime_beginning_utc", "datetime_beginning_ept", "pnode_id", "pnode_name", "voltage", "equipment", "type", "zone", "system_energy_price_" + suffix,
                "total_lmp_" + suffix, "congestion_price_" + suffix, "marginal_loss_price_" + suffix, "row_is_current", "version_nbr",
            ];
    }

    public string Name => _feed.Name;

    public IReadOnlyList<string> Columns { get; }

    /// <summary>Rows older than this are archived.</summary>
    private TimeSpan ArchivedAfter => TimeSpan.FromDays(_feed.Type == PriceType.RealTime5Min ? 186 : 731);

    public PjmSelection Select(PjmQuery query, DateTimeOffset now)
    {
        var (from, to) = Range(query, now);
        Refuse(query, from, to, now);
        var places = _market.Places(_feed.Type)
            .Where(place => PjmPnode.Of(place) is var pnode && query.Passes("pnode_id", place.Location) && query.Passes("pnode_name", pnode.Name) && query.Passes("type", pnode.Type) && query.Passes("zone", pnode.Zone ?? ""))
            .ToArray();
        var starts = MarketDay.Between(from, Instants.Earlier(to, now.AddDays(3)).AddSeconds(1), _feed.Interval);
        if (query.IsDescending) starts = starts.Reverse();
        var rows = new PriceRows(_market, _feed, places, starts, Pick(query));
        return new PjmSelection(rows.Total, (skip, take) => rows.Page(skip, take).Select(Row));
    }

    private static (DateTimeOffset From, DateTimeOffset To) Range(PjmQuery query, DateTimeOffset now)
    {
        (DateTimeOffset From, DateTimeOffset To)? range = null;
        foreach (var column in new[] { "datetime_beginning_utc", "datetime_beginning_ept" })
        {
            if (!query.Filters.TryGetValue(column, out var text)) continue;
            var one = PjmTimes.Range(column, text, now);
            range = range is { } other ? (Instants.Later(one.From, other.From), Instants.Earlier(one.To, other.To)) : one;
        }

        return range ?? throw new PjmError(
            "Filters", "A datetime is missing. Please input values for datetime_beginning_ept or datetime_beginning_utc", "datetime_filter");
    }

    private void Refuse(PjmQuery query, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        if (to - from >= TimeSpan.FromDays(366))
            throw new PjmError("Filters", "Date range in the API request exceeds 366 days. Please update the request. Refer to API Guide for more information.");

        if (query.Sort is not (null or "datetime_beginning_utc" or "datetime_beginning_ept"))
            throw new PjmError("Sort", $"This server sorts prices by their time only, not by {query.Sort}.", query.Sort);

        var archive = now - ArchivedAfter;
        if (from >= archive) return;
        if (to >= archive)
            throw new PjmError("Filters", "Date range in the API request spans over archived and standard data. Please update the request. Refer to API Guide for more information.");
        if (query.Sort is not null)
            throw new PjmError("Sort", "Sorting is not supported for archived data. Please update the request. Refer to API Guide for more information.");
        if (query.Filters.Keys.FirstOrDefault(name => name is "pnode_id" or "pnode_name") is { } filter)
            throw new PjmError("Filters", "The filter is not supported for archived data. Please update the request. Refer to API Guide for more information.", filter);
    }

    private Func<IReadOnlyList<PriceVersion>, IEnumerable<(PriceVersion Version, bool IsCurrent)>> Pick(PjmQuery query)
    {
        if (_isLive) return PriceRows.Newest;
        return versions => versions.Select((version, i) => (version, i == versions.Count - 1))
            .Where(row => query.Passes("row_is_current", row.Item2 ? "true" : "false") && query.Passes("version_nbr", row.version.Version.ToString(CultureInfo.InvariantCulture)));
    }

    private Cell[] Row((ServedPlace Place, PriceVersion Version, bool IsCurrent) row)
    {
        var pnode = PjmPnode.Of(row.Place);
        var (version, utc, ept) = (row.Version, Cell.At(row.Version.Start.UtcDateTime), Cell.At(PjmTimes.Eastern(row.Version.Start)));
        var (id, name, type) = (Cell.Number(row.Place.Location), Cell.Of(pnode.Name), Cell.Of(pnode.Type));
        var (total, congestion, loss) = (Price(version.Price), Price(version.Congestion), Price(version.Loss));
        return _isLive
            ? [utc, ept, id, name, type, total, congestion, loss, Cell.Flag(false), Cell.Flag(false)]
            :
            [
                utc, ept, id, name, Optional(pnode.Voltage), Optional(pnode.Equipment), type, Optional(pnode.Zone), Cell.Number(version.Energy ?? 0, _energyFormat),
                total, congestion, loss, Cell.Flag(row.IsCurrent), Cell.Number(version.Version),
            ];
    }

    private static Cell Price(double? value) => Cell.Number(value ?? 0, "0.000000");

    private static Cell Optional(string? text) => text is null ? Cell.Null : Cell.Of(text);
}
