using System.Text;
using OptiBid.Grains.Interfaces;

namespace OptiBid.History.Queries;

/// <summary>
/// A <see cref="PriceQuery"/> as SQL, the same in both dialects but for how a parameter and a list are written.
/// Values travel as parameters only; the text is put together from constants.
/// </summary>
internal sealed class PriceQuerySql
{
    /// <summary>The columns of a tick, in the order readers take them.</summary>
    public const string Columns =
        "market_zone, location, price_type, \"timestamp\", interval_minutes, price, energy_cost, congestion_cost, loss_cost, "
        + "volume, renewable_percentage, load_forecast, published_at, revision, source, \"sequence\"";

    /// <summary>As many places are walked by key, one after the other; for more, reading a market's prices by time is cheaper.</summary>
    private const int FewLocations = 1_000;

    private readonly StringBuilder _text = new();
    private readonly List<(string Name, object Value)> _parameters = [];
    private readonly SqlDialect _dialect;

    private PriceQuerySql(SqlDialect dialect) => _dialect = dialect;

    /// <summary>The statement.</summary>
    public string Text => _text.ToString();

    /// <summary>Its parameters by bare name.</summary>
    public IReadOnlyList<(string Name, object Value)> Parameters => _parameters;

    public static PriceQuerySql For(PriceQuery query, SqlDialect dialect)
    {
        var sql = new PriceQuerySql(dialect);
        sql.Write(query);
        return sql;
    }

    /// <summary>The statement for every revision; after the columns of a tick come <c>ingested_at</c> and <c>superseded_at</c>.</summary>
    public static PriceQuerySql ForRevisions(PriceQuery query, SqlDialect dialect)
    {
        var sql = new PriceQuerySql(dialect);
        sql.WriteRevisions(query);
        return sql;
    }

    /// <summary>
    /// The query's prices as they follow <c>from</c>: a relation named prices with all <see cref="Columns"/>, to be gathered
    /// or looked for in. The query has no <see cref="PriceQuery.After"/>; its limit is left out.
    /// </summary>
    public static PriceQuerySql Relation(PriceQuery query, SqlDialect dialect)
    {
        var sql = new PriceQuerySql(dialect);
        sql.From(query);
        return sql;
    }

    private void Write(PriceQuery query)
    {
        _text.Append("select ").Append(Columns);
        From(query);
        Order(query);
    }

    private void WriteRevisions(PriceQuery query)
    {
        var scope = Scope(query);
        var known = query.AsOf is { } instant ? $" and published_at <= {Bind("as_of", instant.ToUniversalTime())}" : "";
        var runs = PublicationsSql.Runs(
            $"""
            select {PublicationsSql.Columns}, 0 as place from ({Rows(scope, "market_data_revisions", known)}) as kept
            union all
            select {PublicationsSql.Columns}, 1 as place from ({Rows(scope, "market_data", known)}) as standing
            """);
        _text.Append($"select {Columns}, ingested_at, superseded_at from ({runs}) as revisions where true").Append(Filter(query, ofRevisions: true));
        Order(query, ", revision");
    }

    // The query's prices as a relation named prices, without order or limit.
    private void From(PriceQuery query)
    {
        var scope = Scope(query);
        _text.Append(query.AsOf is { } instant
            ? $" from (select {Columns} from ({StoodAt(scope, Bind("as_of", instant.ToUniversalTime()))}) as stood where true{Filter(query)}) as prices"
            : $" from ({Rows(scope, "market_data", Filter(query))}) as prices");
    }

    // What had its latest publication by then stood as it does now. Of the rest the last run until then is looked for:
    // what stands now is part of it where it was published before, and only repeated after.
    private string StoodAt(SourceScope scope, string instant)
    {
        // Row by row, as the offset has it, so that no plan can read the market's prices for each of a few.
        var changed = $"""
            select 1 from market_data as changed
            where changed.market_zone = kept.market_zone and changed.location = kept.location and changed.price_type = kept.price_type
                and changed."timestamp" = kept."timestamp" and coalesce(changed.confirmed_at, changed.published_at) > {instant}
                {(_dialect.HidesTimeFromPlanner ? "offset 0" : $"and changed.\"timestamp\" >= {scope.From} and changed.\"timestamp\" < {scope.Until}")}
            """;
        var lastRun = PublicationsSql.LastRun(
            $"""
            select {PublicationsSql.Columns}, 0 as place from ({Rows(scope, "market_data_revisions", $" and published_at <= {instant}")}) as kept
            where exists ({changed})
            union all
            select {PublicationsSql.Columns}, 1 as place
            from ({Rows(scope, "market_data", $" and published_at <= {instant} and confirmed_at > {instant}")}) as standing
            """);
        return $"""
            select {PublicationsSql.Columns} from ({Rows(scope, "market_data", $" and coalesce(confirmed_at, published_at) <= {instant}")}) as unchanged
            union all
            {lastRun}
            """;
    }

    private SourceScope Scope(PriceQuery query)
    {
        var (start, end) = PiecewiseReading.Range(query);
        var byKey = _dialect.HidesTimeFromPlanner && query.Locations.Count > 0;
        var zones = byKey && query.Zones.Count == 0 ? MarketZones.All : query.Zones;
        string[] locations = [.. query.Locations.Distinct()];
        var places = byKey && locations.Length is > 1 and <= FewLocations ? Bind("locations", locations) : null;
        return new(
            Bind("from", start.ToUniversalTime()),
            Bind("until", end.ToUniversalTime()),
            AnyOf("market_zone", "zones", [.. zones.Select(zone => zone.Name())])
                + (places is null ? AnyOf("location", "locations", locations) : " and location = places.place")
                + AnyOf("price_type", "types", [.. query.PriceTypes.Select(type => type.Name())]),
            places,
            byKey);
    }

    // The rows of a table within the scope, as a query. PostgreSQL takes some fifty places in a condition to be so many
    // that it reads those of all others too; as a relation of their own it walks the key for each.
    private static string Rows(SourceScope scope, string table, string filter) => scope.ByKey
        ? $"select found.* from (select {scope.From}::timestamptz as first, {scope.Until}::timestamptz as beyond offset 0) as bounds"
            + (scope.Places is null ? "" : $" cross join unnest({scope.Places}::text[]) as places (place)") + " cross join lateral ("
            + $"select * from {table} where \"timestamp\" >= bounds.first and \"timestamp\" < bounds.beyond{scope.Series}{filter} offset 0) as found"
        : $"select * from {table} where \"timestamp\" >= {scope.From} and \"timestamp\" < {scope.Until}{scope.Series}{filter}";

    // What is asked of a row that is shown: of the publications that it was picked from, none may be missing.
    private string Filter(PriceQuery query, bool ofRevisions = false)
    {
        var filter = new StringBuilder();
        if (query.MinPrice is { } low) filter.Append(" and price >= ").Append(Bind("low", low));
        if (query.MaxPrice is { } high) filter.Append(" and price <= ").Append(Bind("high", high));
        if (query.After is { } after) filter.Append(Follow(after, query.Descending, ofRevisions));
        return filter.ToString();
    }

    private void Order(PriceQuery query, string last = "")
    {
        _text.Append(" order by \"timestamp\"").Append(query.Descending ? " desc" : "").Append(", market_zone, location, price_type").Append(last);
        if (query.Limit is { } limit) _text.Append(" limit ").Append(Bind("rows", (long)limit));
    }

    // The scope begins with the interval to go on in.
    private string Follow(in PriceKey after, bool descending, bool ofRevisions)
    {
        var time = Bind("after_time", after.Timestamp.ToUniversalTime());
        var place = $"{Bind("after_zone", after.Zone.Name())}, {Bind("after_location", after.Location)}, {Bind("after_type", after.PriceType.Name())}";
        var beyond = $"\"timestamp\" {(descending ? "<" : ">")} {time}";
        return ofRevisions
            ? $" and ({beyond} or (market_zone, location, price_type, revision) > ({place}, {Bind("after_revision", after.Revision)}))"
            : $" and ({beyond} or (market_zone, location, price_type) > ({place}))";
    }

    private string AnyOf(string column, string name, string[] values) =>
        values.Length > 0 ? " and " + _dialect.AnyOf(column, Bind(name, values)) : "";

    private string Bind(string name, object value)
    {
        _parameters.Add((name, value));
        return _dialect.Parameter(name);
    }

    // Whose rows are read, whatever they say: bounds of time as parameters, conditions on zone, location and type, and
    // the list of places where it is a relation.
    private sealed record SourceScope(string From, string Until, string Series, string? Places, bool ByKey);
}

/// <summary>Where the two stores write SQL differently.</summary>
/// <param name="Parameter">How a named parameter is written.</param>
/// <param name="AnyOf">How "this column is one of that list" is written.</param>
/// <param name="HidesTimeFromPlanner">
/// True where the planner must not see the time range of a query for given locations. PostgreSQL's statistics may
/// not have heard of the last hours; it would think them empty, walk the index by time and read every location.
/// </param>
internal sealed record SqlDialect(Func<string, string> Parameter, Func<string, string, string> AnyOf, bool HidesTimeFromPlanner)
{
    public static SqlDialect Postgres { get; } = new(name => "@" + name, (column, list) => $"{column} = any({list})", HidesTimeFromPlanner: true);

    public static SqlDialect Duck { get; } = new(name => "$" + name, (column, list) => $"{column} in (select unnest({list}::varchar[]))", HidesTimeFromPlanner: false);
}
