using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Batches;

namespace OptiBid.History.Postgres;

/// <summary>
/// Remembers which series this process has seen in <c>market_data_series</c>, so that only the first tick of a
/// series costs a statement. It may forget; the insert does nothing for a series that is there.
/// </summary>
internal sealed class KnownSeries
{
    private const int Capacity = 1_000_000;

    private const string Insert =
        """
        insert into market_data_series (market_zone, location, price_type)
        select * from unnest(@zones, @locations, @types)
        on conflict do nothing
        """;

    private readonly ConcurrentDictionary<(LocationId Location, PriceType PriceType), byte> _known = new();

    /// <summary>The batch's series that this process has not registered yet, in an order all writers share (or two could wait for each other).</summary>
    public IReadOnlyList<(LocationId Location, PriceType PriceType)> NewIn(TickBatch batch)
    {
        HashSet<(LocationId, PriceType)>? found = null;
        foreach (ref readonly var tick in batch.Ticks.Span)
        {
            var series = (tick.LocationId, tick.PriceType);
            if (!_known.ContainsKey(series)) _ = (found ??= []).Add(series);
        }

        return found is null ? [] : [.. found
            .OrderBy(series => series.Item1.Zone)
            .ThenBy(series => series.Item1.Location, StringComparer.Ordinal)
            .ThenBy(series => series.Item2)];
    }

    public static async Task RegisterAsync(
        NpgsqlConnection connection, IReadOnlyList<(LocationId Location, PriceType PriceType)> series, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Insert, connection);
        command.Parameters.Add(new("zones", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = series.Select(s => s.Location.Zone.Name()).ToArray() });
        command.Parameters.Add(new("locations", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = series.Select(s => s.Location.Location).ToArray() });
        command.Parameters.Add(new("types", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = series.Select(s => s.PriceType.Name()).ToArray() });
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Notes series whose registration has been committed.</summary>
    public void Committed(IReadOnlyList<(LocationId Location, PriceType PriceType)> series)
    {
        if (_known.Count > Capacity) _known.Clear();
        foreach (var one in series) _known[one] = 0;
    }
}
