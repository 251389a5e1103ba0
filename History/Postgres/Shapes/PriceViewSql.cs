using OptiBid.Grains.Interfaces;

namespace OptiBid.History.Postgres.Shapes;

/// <summary>
/// The views of prices by five minutes, hour and market day, with the same columns as plain views and as TimescaleDB's
/// continuous aggregates. A continuous aggregate has one clock, so the day is one for each, and a view over them.
/// </summary>
internal static class PriceViewSql
{
    public const string FiveMinutes = "market_data_5min";
    public const string Hour = "market_data_hour";
    public const string Day = "market_data_day";

    public static readonly IReadOnlyList<string> Names = [FiveMinutes, Hour, Day];

    private static readonly (string Name, TimeZoneInfo Clock)[] Days =
    [
        ("market_data_day_eastern", MarketClocks.Eastern), ("market_data_day_central", MarketClocks.Central),
        ("market_data_day_pacific", MarketClocks.Pacific), ("market_data_day_eastern_standard", MarketClocks.EasternStandard),
    ];

    private const string Columns = "market_zone, location, price_type, bucket, average, min, max, first, last, standard_deviation, data_points";

    /// <summary>The continuous aggregates that stand behind a view; the view itself, but for the day.</summary>
    public static IReadOnlyList<string> AggregatesOf(string view) => view == Day ? [.. Days.Select(day => day.Name)] : [view];

    /// <summary>Statements that create a view as a plain one.</summary>
    public static string Plain(string view) =>
        $"""
        create view {view} as
        select market_zone, location, price_type, {PlainBucket(view)} as bucket,
            avg(price) as average, min(price) as min, max(price) as max,
            (array_agg(price order by timestamp))[1] as first, (array_agg(price order by timestamp desc))[1] as last,
            stddev_samp(price) as standard_deviation, count(*) as data_points
        from market_data
        group by 1, 2, 3, 4;
        {Comment(view)}
        """;

    /// <summary>Statements that create a view as one or more continuous aggregates, with nothing computed yet.</summary>
    public static string Continuous(string view)
    {
        if (view != Day) return Aggregate(view, $"time_bucket(interval '{(view == Hour ? "1 hour" : "5 minutes")}', timestamp)", where: "") + Comment(view);

        var aggregates = Days.Select(day => Aggregate(
            day.Name, $"time_bucket(interval '1 day', timestamp, '{day.Clock.Id}')", $"where market_zone in ({Zones(day.Clock)})"));
        return string.Concat(aggregates)
            + $"create view {Day} as\n{string.Join("\nunion all\n", Days.Select(day => $"select {Columns} from {day.Name}"))};\n"
            + Comment(view);
    }

    private static string Aggregate(string name, string bucket, string where) =>
        $"""
        create materialized view {name}
        with (timescaledb.continuous, timescaledb.materialized_only = false, timescaledb.create_group_indexes = false) as
        select market_zone, location, price_type, {bucket} as bucket,
            avg(price) as average, min(price) as min, max(price) as max, first(price, timestamp) as first, last(price, timestamp) as last,
            stddev_samp(price) as standard_deviation, count(*) as data_points
        from market_data {where}
        group by 1, 2, 3, 4
        with no data;
        create index on {name} (market_zone, location, price_type, bucket);

        """;

    private static string PlainBucket(string view) => view switch
    {
        FiveMinutes => "date_bin(interval '5 minutes', timestamp, timestamptz '2000-01-01 00:00+00')",
        Hour => "date_bin(interval '1 hour', timestamp, timestamptz '2000-01-01 00:00+00')",
        _ => $"date_trunc('day', timestamp, case {string.Join(" ", Days.Select(day => $"when market_zone in ({Zones(day.Clock)}) then '{day.Clock.Id}'"))} else 'UTC' end)",
    };

    private static string Zones(TimeZoneInfo clock) =>
        string.Join(", ", MarketZones.All.Where(zone => Equals(MarketClocks.Of(zone), clock)).Select(zone => $"'{zone.Name()}'"));

    private static string Comment(string view) =>
        $"comment on view {view} is 'Prices of each series by {view switch { FiveMinutes => "five minutes", Hour => "hour", _ => "day of its market''s clock" }}; bucket: its start. $/MWh.';";
}
