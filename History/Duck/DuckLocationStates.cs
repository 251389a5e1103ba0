using System.Runtime.CompilerServices;
using DuckDB.NET.Data;
using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Batches;
using OptiBid.History.Queries;
using OptiBid.History.States;

namespace OptiBid.History.Duck;

/// <summary>Rolling location states in the embedded file.</summary>
internal sealed class DuckLocationStates(DuckStore store, ILogger<DuckLocationStates> log) : ILocationStateStore
{
    private const string CreateStaging =
        "create temporary table if not exists incoming_states (market_zone varchar, location varchar, saved_at timestamptz, newest blob, windows blob)";

    private const string Update =
        """
        update location_state as stored set saved_at = incoming.saved_at, newest = incoming.newest, windows = incoming.windows
        from temp.incoming_states incoming
        where stored.market_zone = incoming.market_zone and stored.location = incoming.location and stored.saved_at <= incoming.saved_at
        """;

    private const string Insert =
        """
        insert into location_state select * from temp.incoming_states incoming
        where not exists (select 1 from location_state stored where stored.market_zone = incoming.market_zone and stored.location = incoming.location)
        """;

    private const string Wanted =
        "(select unnest($zones::varchar[]) as market_zone, unnest($locations::varchar[]) as location, unnest($places::integer[]) as place)";

    private const string ReadStates =
        $"""
        select wanted.place, s.saved_at, s.newest, s.windows
        from {Wanted} wanted join location_state s using (market_zone, location)
        """;

    private static readonly string Columns = "m." + PriceQuerySql.Columns.Replace(", ", ", m.", StringComparison.Ordinal);

    private static readonly string ReadTails =
        $"""
        select {Columns}, wanted.place
        from {Wanted} wanted join market_data m using (market_zone, location)
        join (select unnest($places::integer[]) as place, unnest($after::timestamptz[]) as after) since using (place)
        where m."timestamp" >= $since and m.ingested_at > since.after
        order by wanted.place, m."timestamp", m.price_type
        """;

    private static readonly string ReadNewest =
        $"""
        select {Columns}
        from market_data m
        join (
            select market_zone, location, price_type, max("timestamp") as "timestamp" from market_data
            where market_zone in (select unnest($zones::varchar[]))
            group by all) newest
          on m.market_zone = newest.market_zone and m.location = newest.location and m.price_type = newest.price_type
          and m."timestamp" = newest."timestamp"
        order by m.market_zone, m.location, m.price_type
        """;

    private const string ReadSaved =
        "select market_zone, location, newest from location_state where market_zone in (select unnest($zones::varchar[])) order by market_zone, location";

    public async Task SaveAsync(IReadOnlyCollection<LocationState> states, CancellationToken cancellationToken = default)
    {
        if (states.Count == 0) return;

        var newest = StateBatch.NewestOfEach(states);
        _ = await store.WriteAsync($"save {newest.Count} location states", writer =>
        {
            _ = writer.Execute(CreateStaging);
            _ = writer.Execute("delete from temp.incoming_states");
            Append(writer, newest);
            return writer.Execute(Update) + writer.Execute(Insert);
        }, cancellationToken);
    }

    public async Task<IReadOnlyList<RestoredLocation>> RestoreAsync(
        IReadOnlyCollection<LocationId> locations, DateTimeOffset since, Predicate<LocationState> isReadable, CancellationToken cancellationToken = default)
    {
        LocationId[] wanted = [.. locations];
        if (wanted.Length == 0) return [];

        List<(string, object)> places =
        [
            ("zones", wanted.Select(location => location.Zone.Name()).ToList()),
            ("locations", wanted.Select(location => location.Location).ToList()),
            ("places", Enumerable.Range(0, wanted.Length).ToList()),
        ];
        var states = new LocationState?[wanted.Length];
        var reading = new StateReading(log);
        var rows = await store.ReadAsync("restore location states", ReadStates, places, row => (Place: row.GetInt32(0), State: reading.State(
            wanted[row.GetInt32(0)], TickRow.Utc(row, 1), DuckBlob.Read(row, 2), DuckBlob.Read(row, 3), isReadable)), cancellationToken);
        foreach (var (place, state) in rows) states[place] = state;
        reading.Tell();

        var tails = new List<PriceTick>?[wanted.Length];
        var after = states.Select(state => state is null ? DateTimeOffset.UnixEpoch : state.SavedAt - store.Options.ClockMargin).ToList();
        var ticks = await store.ReadAsync("restore location states", ReadTails, [.. places, ("after", after), ("since", since.ToUniversalTime())],
            row => (Place: row.GetInt32(16), Tick: TickRow.Read(row)), cancellationToken);
        foreach (var (place, tick) in ticks) (tails[place] ??= []).Add(tick);
        return [.. wanted.Select((location, i) => new RestoredLocation(location, states[i], tails[i] ?? []))];
    }

    public async IAsyncEnumerable<PriceUpdate> ReadNewestAsync(
        IReadOnlyCollection<MarketZone> zones, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var reading = new StateReading(log);
        foreach (var zone in (zones.Count == 0 ? MarketZones.All : zones).Distinct().OrderBy(zone => zone.Name(), StringComparer.Ordinal))
        {
            (string, object)[] only = [("zones", new List<string> { zone.Name() })];
            var saved = (await store.ReadAsync("read newest prices", ReadSaved, only, row => SavedNewest(row, reading), cancellationToken)).ToDictionary(row => row.Location, row => row.Newest);
            var stored = await store.ReadAsync("read newest prices", ReadNewest, only, TickRow.Read, cancellationToken);
            foreach (var location in stored.GroupBy(tick => tick.LocationId))
            {
                _ = saved.Remove(location.Key, out var newest);
                foreach (var update in NewestPrices.Merge([.. location], newest ?? [])) yield return update;
            }

            foreach (var update in saved.Values.SelectMany(newest => newest)) yield return update;
        }

        reading.Tell();
    }

    private static void Append(DuckDBConnection writer, IReadOnlyCollection<LocationState> states)
    {
        using var appender = writer.AppendTemporary("incoming_states");
        foreach (var state in states)
        {
            appender.CreateRow()
                .AppendValue(state.Location.Zone.Name())
                .AppendValue(state.Location.Location)
                .AppendValue((DateTimeOffset?)Moment.Cut(state.SavedAt))
                .AppendValue(NewestCodec.Write(state.Newest))
                .AppendValue(state.Windows)
                .EndRow();
        }
    }

    private static (LocationId Location, PriceUpdate[] Newest) SavedNewest(DuckDBDataReader row, StateReading reading)
    {
        var location = new LocationId(TickRow.Zone(row.GetString(0)), row.GetString(1));
        return (location, reading.Newest(location, DuckBlob.Read(row, 2)));
    }
}
