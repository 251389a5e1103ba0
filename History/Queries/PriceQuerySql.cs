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

    // The query's prices as a relation named prices, without order or limit.
    private void From(PriceQuery query)
    {
        var byKey = _dialect.HidesTimeFromPlanner && query.Locations.Count > 0;
        var (from, until) = (Bind("from", query.Start.ToUniversalTime()), Bind("until", query.End.ToUniversalTime()));
        _text.Append(byKey
            ? $" from (select {from}::timestamptz as first, {until}::timestamptz as beyond offset 0) as bounds cross join lateral ("
                + "select * from market_data where \"timestamp\" >= bounds.first and \"timestamp\" < bounds.beyond"
            : $" from market_data as prices where \"timestamp\" >= {from} and \"timestamp\" < {until}");
        var zones = byKey && query.Zones.Count == 0 ? MarketZones.All : query.Zones;
        AnyOf("market_zone", "zones", [.. zones.Select(zone => zone.Name())]);
        AnyOf("location", "locations", [.. query.Locations]);
        AnyOf("price_type", "types", [.. query.PriceTypes.Select(type => type.Name())]);
        if (query.MinPrice is { } low) _text.Append(" and price >= ").Append(Bind("low", low));
        if (query.MaxPrice is { } high) _text.Append(" and price <= ").Append(Bind("high", high));
        if (query.After is { } after) Follow(after, query.Descending, byKey);
        if (byKey) _text.Append(" offset 0) as prices");
    }

    private void Order(PriceQuery query)
    {
        _text.Append(" order by \"timestamp\"").Append(query.Descending ? " desc" : "").Append(", market_zone, location, price_type");
        if (query.Limit is { } limit) _text.Append(" limit ").Append(Bind("rows", (long)limit));
    }

    // The first comparison says nothing new; it lets the store begin its walk at the right place.
    private void Follow(in PriceKey after, bool descending, bool byKey)
    {
        var time = Bind("after_time", after.Timestamp.ToUniversalTime());
        var place = $"({Bind("after_zone", after.Zone.Name())}, {Bind("after_location", after.Location)}, {Bind("after_type", after.PriceType.Name())})";
        var beyond = descending ? "<" : ">";
        if (!byKey) _text.Append($" and \"timestamp\" {beyond}= {time}");
        _text.Append($" and (\"timestamp\" {beyond} {time} or (market_zone, location, price_type) > {place})");
    }

    private void AnyOf(string column, string name, string[] values)
    {
        if (values.Length > 0) _text.Append(" and ").Append(_dialect.AnyOf(column, Bind(name, values)));
    }

    private string Bind(string name, object value)
    {
        _parameters.Add((name, value));
        return _dialect.Parameter(name);
    }
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
