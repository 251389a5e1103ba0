using System.Data.Common;
using System.Text;
using OptiBid.Grains.Interfaces;

namespace OptiBid.History.Queries;

/// <summary>What both stores need for the location directory.</summary>
internal static class LocationSearch
{
    /// <summary>A type's name on the wire, such as <c>HUB</c>.</summary>
    public static string TypeName(LocationType type) => type.ToString().ToUpperInvariant();

    /// <summary>Each location once, as it was said last.</summary>
    public static IReadOnlyCollection<MarketLocation> LastOfEach(IReadOnlyCollection<MarketLocation> locations)
    {
        var last = new Dictionary<LocationId, MarketLocation>(locations.Count);
        foreach (var location in locations) last[location.Id] = location;
        return last.Values;
    }

    /// <summary>A search as SQL; what is looked for travels as parameters.</summary>
    public static (string Sql, IReadOnlyList<(string Name, object Value)> Parameters) Sql(LocationQuery query, SqlDialect dialect)
    {
        var text = new StringBuilder("select market_zone, location, location_name, location_type, hub from locations where true");
        var parameters = new List<(string, object)>();
        if (query.Zone is { } zone) text.Append($" and market_zone = {Bind("zone", zone.Name())}");
        if (query.Type is { } type) text.Append($" and location_type = {Bind("type", TypeName(type))}");
        if (!string.IsNullOrEmpty(query.Contains))
        {
            var part = Bind("part", query.Contains.ToLowerInvariant());
            text.Append($" and (position({part} in lower(location)) > 0 or position({part} in lower(location_name)) > 0)");
        }

        if (query.After is { } after)
        {
            text.Append($" and (market_zone, location) > ({Bind("after_zone", after.Zone.Name())}, {Bind("after_location", after.Location)})");
        }

        text.Append(" order by market_zone, location");
        if (query.Limit is { } limit) text.Append($" limit {Bind("rows", (long)limit)}");
        return (text.ToString(), parameters);

        string Bind(string name, object value)
        {
            parameters.Add((name, value));
            return dialect.Parameter(name);
        }
    }

    public static MarketLocation Read(DbDataReader row) => new(
        new(TickRow.Zone(row.GetString(0)), row.GetString(1)),
        row.GetString(2),
        Enum.TryParse<LocationType>(row.GetString(3), ignoreCase: true, out var type)
            ? type
            : throw new InvalidDataException($"The location directory holds an unknown type '{row.GetString(3)}'."),
        row.IsDBNull(4) ? null : row.GetString(4));
}
