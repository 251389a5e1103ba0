using Npgsql;
using NpgsqlTypes;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Batches;

namespace OptiBid.History.Postgres;

/// <summary>Adds series to <c>market_data_series</c>; nothing happens to one that is there.</summary>
internal sealed class KnownSeries : SeenSeries
{
    private const string Insert =
        """
        insert into market_data_series (market_zone, location, price_type)
        select * from unnest(@zones, @locations, @types)
        on conflict do nothing
        """;

    public static async Task RegisterAsync(
        NpgsqlConnection connection, IReadOnlyList<(LocationId Location, PriceType PriceType)> series, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Insert, connection);
        command.Parameters.Add(new("zones", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = series.Select(s => s.Location.Zone.Name()).ToArray() });
        command.Parameters.Add(new("locations", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = series.Select(s => s.Location.Location).ToArray() });
        command.Parameters.Add(new("types", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = series.Select(s => s.PriceType.Name()).ToArray() });
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
