using System.Text;
using OptiBid.Grains.Interfaces;

namespace OptiBid.History.Queries;

/// <summary>Statements on the table that names every series there is, about those that match a query.</summary>
internal sealed class SeriesSql
{
    private readonly StringBuilder _text = new();
    private readonly List<(string Name, object Value)> _parameters = [];
    private readonly SqlDialect _dialect;

    private SeriesSql(SqlDialect dialect) => _dialect = dialect;

    /// <summary>The statement.</summary>
    public string Text => _text.ToString();

    /// <summary>Its parameters by bare name.</summary>
    public IReadOnlyList<(string Name, object Value)> Parameters => _parameters;

    /// <summary>Counts them by zone and type, whether or not they have a price in the query's time.</summary>
    public static SeriesSql Count(PriceQuery query, SqlDialect dialect)
    {
        var sql = new SeriesSql(dialect);
        _ = sql._text.Append("select market_zone, price_type, count(*)");
        sql.From(query);
        _ = sql._text.Append(" group by market_zone, price_type");
        return sql;
    }

    /// <summary>Lists those that have a price that matches the query, in the order of queries.</summary>
    public static SeriesSql WithPrices(PriceQuery query, SqlDialect dialect)
    {
        var sql = new SeriesSql(dialect);
        _ = sql._text.Append("select market_zone, location, price_type");
        sql.From(query);
        sql.HavingOneOf(query);
        _ = sql._text.Append(" order by market_zone, location, price_type");
        return sql;
    }

    private void From(PriceQuery query)
    {
        _ = _text.Append(" from market_data_series as series where true");

        // The key begins with the zone: without one, PostgreSQL would look at every series for a few places.
        var zones = query.Zones.Count == 0 && query.Locations.Count > 0 ? MarketZones.All : query.Zones;
        AnyOf("market_zone", "zones", [.. zones.Select(zone => zone.Name())]);
        AnyOf("location", "locations", [.. query.Locations]);
        AnyOf("price_type", "types", [.. query.PriceTypes.Select(type => type.Name())]);
    }

    // The query's own relation, looked into for one series at a time: a list to be in becomes the series at hand.
    // PostgreSQL does so by one probe of the key each; it must not make a join of it that reads every price.
    private void HavingOneOf(PriceQuery query)
    {
        var probing = _dialect with
        {
            Parameter = name => _dialect.Parameter("probe_" + name),
            AnyOf = (column, _) => $"{column} = series.{column[(column.LastIndexOf('.') + 1)..]}",
        };
        var one = query with { Zones = [MarketZone.PJM], Locations = [""], PriceTypes = [PriceType.RealTime5Min], After = null, Limit = null };
        var prices = PriceQuerySql.Relation(one, probing);
        _ = _text.Append(" and exists (select 1").Append(prices.Text).Append(')');
        _parameters.AddRange(prices.Parameters.Where(parameter => parameter.Value is not string[]).Select(parameter => ("probe_" + parameter.Name, parameter.Value)));
    }

    private void AnyOf(string column, string name, string[] values)
    {
        if (values.Length == 0) return;

        _parameters.Add((name, values));
        _ = _text.Append(" and ").Append(_dialect.AnyOf(column, _dialect.Parameter(name)));
    }
}
