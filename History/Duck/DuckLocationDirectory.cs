using System.Runtime.CompilerServices;
using DuckDB.NET.Data;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Queries;

namespace OptiBid.History.Duck;

/// <summary>The location directory in the embedded file.</summary>
internal sealed class DuckLocationDirectory(DuckStore store, TimeProvider clock) : ILocationDirectory
{
    private const string CreateStaging =
        "create temporary table if not exists incoming_locations (market_zone varchar, location varchar, location_name varchar, location_type varchar, hub varchar)";

    private const string Update =
        """
        update locations as stored set
            location_name = incoming.location_name, location_type = incoming.location_type, hub = incoming.hub, updated_at = $now
        from temp.incoming_locations incoming
        where stored.market_zone = incoming.market_zone and stored.location = incoming.location
          and (stored.location_name <> incoming.location_name or stored.location_type <> incoming.location_type
               or stored.hub is distinct from incoming.hub)
        """;

    private const string Insert =
        """
        insert into locations select *, $now from temp.incoming_locations incoming
        where not exists (select 1 from locations stored where stored.market_zone = incoming.market_zone and stored.location = incoming.location)
        """;

    public async Task SaveAsync(IReadOnlyCollection<MarketLocation> locations, CancellationToken cancellationToken = default)
    {
        if (locations.Count == 0) return;

        var last = LocationSearch.LastOfEach(locations);
        _ = await store.WriteAsync($"save {last.Count} locations", writer =>
        {
            _ = writer.Execute(CreateStaging);
            _ = writer.Execute("delete from temp.incoming_locations");
            Append(writer, last);
            return writer.Execute(Update, ("now", clock.GetUtcNow())) + writer.Execute(Insert, ("now", clock.GetUtcNow()));
        }, cancellationToken);
    }

    public async IAsyncEnumerable<MarketLocation> SearchAsync(
        LocationQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (sql, parameters) = LocationSearch.Sql(query, SqlDialect.Duck);
        foreach (var location in await store.ReadAsync("search locations", sql, parameters, LocationSearch.Read, cancellationToken)) yield return location;
    }

    private static void Append(DuckDBConnection writer, IReadOnlyCollection<MarketLocation> locations)
    {
        using var appender = writer.AppendTemporary("incoming_locations");
        foreach (var location in locations)
        {
            appender.CreateRow()
                .AppendValue(location.Id.Zone.Name())
                .AppendValue(location.Id.Location)
                .AppendValue(location.Name)
                .AppendValue(LocationSearch.TypeName(location.Type))
                .AppendValue(location.Hub)
                .EndRow();
        }
    }
}
