using NpgsqlTypes;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Queries;

namespace OptiBid.History.Postgres;

/// <summary>The location directory in PostgreSQL.</summary>
internal sealed class PostgresLocationDirectory(PostgresStore store) : ILocationDirectory
{
    private const string Save =
        """
        insert into locations as stored (market_zone, location, location_name, location_type, hub)
        select * from unnest(@zones, @locations, @names, @types, @hubs) as incoming (market_zone, location, location_name, location_type, hub)
        order by market_zone, location
        on conflict (market_zone, location) do update
        set location_name = excluded.location_name, location_type = excluded.location_type, hub = excluded.hub, updated_at = now()
        where (stored.location_name, stored.location_type, stored.hub)
            is distinct from (excluded.location_name, excluded.location_type, excluded.hub)
        """;

    public Task SaveAsync(IReadOnlyCollection<MarketLocation> locations, CancellationToken cancellationToken = default)
    {
        if (locations.Count == 0) return Task.CompletedTask;

        var last = LocationSearch.LastOfEach(locations);
        return store.ExecuteAsync($"save {last.Count} locations", Save, parameters =>
        {
            Bind("zones", location => location.Id.Zone.Name());
            Bind("locations", location => location.Id.Location);
            Bind("names", location => location.Name);
            Bind("types", location => LocationSearch.TypeName(location.Type));
            Bind("hubs", location => location.Hub);

            void Bind(string name, Func<MarketLocation, string?> value) =>
                parameters.Add(new(name, NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = last.Select(value).ToArray() });
        }, cancellationToken);
    }

    public IAsyncEnumerable<MarketLocation> SearchAsync(LocationQuery query, CancellationToken cancellationToken = default)
    {
        var (sql, values) = LocationSearch.Sql(query, SqlDialect.Postgres);
        return store.QueryForUsersAsync("search locations", sql, values, LocationSearch.Read, cancellationToken);
    }
}
