using System.Globalization;
using System.Text;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Queries;

namespace OptiBid.History.Buckets;

/// <summary>
/// One statement that gathers a piece's prices into buckets. The buckets' starts go in as a list, of each clock its own,
/// so that both stores cut time exactly as <see cref="BucketCalendar"/> does, whatever they know of time zones.
/// </summary>
internal sealed class BucketSql
{
    // Of PostgreSQL: an ordered array_agg would sort each bucket. The first element is exact to the microsecond until the
    // year 2100.
    private static readonly Dictionary<SqlDialect, (string Earliest, string Latest)> Ends = new()
    {
        [SqlDialect.Postgres] = ("(min(array[date_part('epoch', \"timestamp\"), price]))[2]", "(max(array[date_part('epoch', \"timestamp\"), price]))[2]"),
        [SqlDialect.Duck] = ("arg_min(price, \"timestamp\")", "arg_max(price, \"timestamp\")"),
    };

    private readonly StringBuilder _text = new();
    private readonly List<(string Name, object Value)> _parameters = [];
    private readonly SqlDialect _dialect;

    private BucketSql(SqlDialect dialect) => _dialect = dialect;

    /// <summary>The statement; <see cref="BucketRow"/> reads its rows.</summary>
    public string Text => _text.ToString();

    /// <summary>Its parameters by bare name.</summary>
    public IReadOnlyList<(string Name, object Value)> Parameters => _parameters;

    /// <param name="resample">The whole query.</param>
    /// <param name="clocks">The piece's buckets.</param>
    /// <param name="limit">Buckets at the most.</param>
    /// <param name="dialect">The store's.</param>
    public static BucketSql For(ResampleQuery resample, IReadOnlyList<ClockBuckets> clocks, int? limit, SqlDialect dialect)
    {
        var (sql, query) = (new BucketSql(dialect), resample.Prices);

        // A text of each piece's own: as one statement for all, it would be prepared and get a plan that knows nothing of
        // the piece, which sorts where a hash would do.
        _ = sql._text.Append(CultureInfo.InvariantCulture, $"/* {clocks[0].Starts[0]:O} to {clocks[0].End:O} */ select * from (");
        for (var i = 0; i < clocks.Count; i++)
        {
            if (i > 0) _ = sql._text.Append(" union all ");
            sql.Gather(resample, clocks[i], $"clock{i}_");
        }

        _ = sql._text.Append(") as buckets");
        if (query.After is { } after) sql.Follow(after, query.Descending);
        _ = sql._text.Append(" order by start").Append(query.Descending ? " desc" : "").Append(", market_zone, location, price_type");
        if (limit is { } rows) _ = sql._text.Append(" limit ").Append(sql.Bind("buckets", (long)rows));
        return sql;
    }

    private void Gather(ResampleQuery resample, ClockBuckets buckets, string prefix)
    {
        var (query, values) = (resample.Prices, Values(resample.Aggregates));
        var (first, end) = (buckets.Starts[0], buckets.End);
        var prices = PriceQuerySql.Relation(
            query with
            {
                Zones = buckets.Zones,
                Start = first > query.Start ? first : query.Start,
                End = end < query.End ? end : query.End,
                After = null,
                Limit = null,
            }, _dialect with { Parameter = name => _dialect.Parameter(prefix + name) });
        _parameters.AddRange(prices.Parameters.Select(parameter => (prefix + parameter.Name, parameter.Value)));
        var starts = Bind(prefix + "starts", buckets.Starts);
        _ = _dialect == SqlDialect.Postgres
            ? _text.Append($"select ({starts}::timestamptz[])[bucket] as start, market_zone, location, price_type, average, lowest, highest, earliest, latest, deviation, points, minutes")
                .Append($" from (select width_bucket(\"timestamp\", {starts}::timestamptz[]) as bucket, market_zone, location, price_type, {values}")
                .Append(prices.Text).Append(" group by bucket, market_zone, location, price_type) as gathered")
            : _text.Append($"select start, market_zone, location, price_type, {values}")
                .Append($" from (select *{prices.Text}) as within asof join (select unnest({starts}::timestamptz[]) as start) as starts on \"timestamp\" >= start")
                .Append(" group by start, market_zone, location, price_type");
    }

    private string Values(Aggregates asked)
    {
        var (earliest, latest) = Ends[_dialect];
        return $"{Of(Aggregates.Average, "avg(price)")} as average, {Of(Aggregates.Min, "min(price)")} as lowest, {Of(Aggregates.Max, "max(price)")} as highest, "
            + $"{Of(Aggregates.First, earliest)} as earliest, {Of(Aggregates.Last, latest)} as latest, {Of(Aggregates.StandardDeviation, "stddev_samp(price)")} as deviation, "
            + "count(*) as points, sum(interval_minutes)::double precision as minutes";

        string Of(Aggregates aggregate, string expression) => asked.HasFlag(aggregate) ? expression : "null::double precision";
    }

    private void Follow(in PriceKey after, bool descending)
    {
        var time = Bind("after_time", after.Timestamp.ToUniversalTime());
        _ = _text.Append($" where (start {(descending ? "<" : ">")} {time} or (start = {time} and (market_zone, location, price_type) > ")
            .Append($"({Bind("after_zone", after.Zone.Name())}, {Bind("after_location", after.Location)}, {Bind("after_type", after.PriceType.Name())})))");
    }

    private string Bind(string name, object value)
    {
        _parameters.Add((name, value));
        return _dialect.Parameter(name);
    }
}
