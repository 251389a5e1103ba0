using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Queries;
using OptiBid.History.States;

namespace OptiBid.History.Postgres;

/// <summary>Rolling location states in PostgreSQL.</summary>
internal sealed class PostgresLocationStates(PostgresStore store, ILogger<PostgresLocationStates> log) : ILocationStateStore
{
    // Few locations' rows are walked by key; for many it is cheaper to take all that came in since the oldest state.
    // The oldest few always go by key, so that one state from last week does not make it a week.
    private const int FewLocations = 200;

    private const string Save =
        """
        insert into location_state as stored (market_zone, location, saved_at, newest, windows)
        select * from unnest(@zones, @locations, @saved, @newest, @windows) as incoming (market_zone, location, saved_at, newest, windows)
        order by market_zone, location
        on conflict (market_zone, location) do update
        set saved_at = excluded.saved_at, newest = excluded.newest, windows = excluded.windows
        where stored.saved_at <= excluded.saved_at
        """;

    private const string ReadStates =
        """
        select wanted.place, s.saved_at, s.newest, s.windows
        from unnest(@zones, @locations) with ordinality as wanted (market_zone, location, place)
        join location_state s on s.market_zone = wanted.market_zone and s.location = wanted.location
        """;

    private static readonly string Columns = "m." + PriceQuerySql.Columns.Replace(", ", ", m.", StringComparison.Ordinal);

    // The bounds come as columns: of a constant the planner would ask its statistics, and where these have not heard
    // of today yet, it would take the index by time for each location.
    private static readonly string ReadTailsByKey =
        $"""
        select {Columns}, wanted.place
        from unnest(@zones, @locations, @since, @after) with ordinality as wanted (market_zone, location, since, after, place)
        cross join lateral (
            select * from market_data d
            where d.market_zone = wanted.market_zone and d.location = wanted.location and d.price_type = any(@types)
              and d.timestamp >= wanted.since and d.ingested_at > wanted.after
            offset 0) m
        order by wanted.place, m.timestamp, m.price_type
        """;

    // One walk along the index by ingestion; which of the rows are wanted is looked up here, where no plan can go wrong.
    // The time comes as a column, so that no other index serves while what is older, partition or chunk, is left out.
    internal static readonly string ReadTailsByIngestion =
        $"""
        select {Columns}, m.ingested_at
        from (select @since::timestamptz as since offset 0) as bounds
        cross join lateral (
            select * from market_data d
            where d.ingested_at > @oldest and d.market_zone = any(@zones) and d.timestamp >= bounds.since
            offset 0) m
        """;

    internal static readonly string ReadNewest =
        $"""
        select {Columns}, s.newest
        from market_data_series k
        cross join lateral (
            select * from market_data d
            where d.market_zone = k.market_zone and d.location = k.location and d.price_type = k.price_type
            order by d.timestamp desc limit 1) m
        left join location_state s on s.market_zone = k.market_zone and s.location = k.location
        where k.market_zone = any(@zones)
        order by k.market_zone, k.location, k.price_type
        """;

    private const string ReadUnwritten =
        """
        select s.market_zone, s.location, s.newest
        from location_state s
        where s.market_zone = any(@zones) and not exists (
            select from market_data_series k where k.market_zone = s.market_zone and k.location = s.location)
        order by s.market_zone, s.location
        """;

    public Task SaveAsync(IReadOnlyCollection<LocationState> states, CancellationToken cancellationToken = default)
    {
        if (states.Count == 0) return Task.CompletedTask;

        var newest = StateBatch.NewestOfEach(states);
        return store.ExecuteAsync($"save {newest.Count} location states", Save, parameters =>
        {
            BindPlaces(parameters, newest.Select(state => state.Location));
            Bind(parameters, "saved", NpgsqlDbType.TimestampTz, newest.Select(state => state.SavedAt.UtcDateTime));
            Bind(parameters, "newest", NpgsqlDbType.Bytea, newest.Select(state => NewestCodec.Write(state.Newest)));
            Bind(parameters, "windows", NpgsqlDbType.Bytea, newest.Select(state => state.Windows));
        }, cancellationToken);
    }

    public async Task<IReadOnlyList<RestoredLocation>> RestoreAsync(
        IReadOnlyCollection<LocationId> locations, DateTimeOffset since, Predicate<LocationState> isReadable, CancellationToken cancellationToken = default)
    {
        LocationId[] wanted = [.. locations];
        var states = new LocationState?[wanted.Length];
        var tails = new List<PriceTick>?[wanted.Length];
        if (wanted.Length > 0)
        {
            await ReadStatesAsync(wanted, states, isReadable, cancellationToken);
            int[] saved = [.. Enumerable.Range(0, wanted.Length).Where(i => states[i] is not null).OrderBy(i => states[i]!.SavedAt)];
            int[] unsaved = [.. Enumerable.Range(0, wanted.Length).Where(i => states[i] is null)];
            await ReadTailsByKeyAsync(wanted, [.. unsaved, .. saved.Take(FewLocations)], states, tails, since, cancellationToken);
            await ReadTailsByIngestionAsync(wanted, [.. saved.Skip(FewLocations)], states, tails, since, cancellationToken);
        }

        return [.. wanted.Select((location, i) => new RestoredLocation(location, states[i], tails[i] ?? []))];
    }

    public async IAsyncEnumerable<PriceUpdate> ReadNewestAsync(
        IReadOnlyCollection<MarketZone> zones, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string[] names = [.. (zones.Count == 0 ? MarketZones.All : zones).Select(zone => zone.Name())];
        var stored = new List<PriceTick>();
        byte[]? saved = null;
        var reading = new StateReading(log);
        var rows = store.QueryAsync("read newest prices", ReadNewest, Zones,
            row => (Tick: TickRow.Read(row), Saved: row.IsDBNull(16) ? null : row.GetFieldValue<byte[]>(16)), cancellationToken);
        await foreach (var row in rows)
        {
            if (stored.Count > 0 && stored[0].LocationId != row.Tick.LocationId)
            {
                foreach (var update in Merge(stored, saved, reading)) yield return update;
                stored.Clear();
            }

            stored.Add(row.Tick);
            saved = row.Saved;
        }

        if (stored.Count > 0)
        {
            foreach (var update in Merge(stored, saved, reading)) yield return update;
        }

        var unwritten = store.QueryAsync("read newest prices", ReadUnwritten, Zones,
            row => reading.Newest(new(TickRow.Zone(row.GetString(0)), row.GetString(1)), row.GetFieldValue<byte[]>(2)), cancellationToken);
        await foreach (var newest in unwritten)
        {
            foreach (var update in newest) yield return update;
        }

        reading.Tell();

        void Zones(NpgsqlParameterCollection parameters) => Bind(parameters, "zones", NpgsqlDbType.Text, names);
    }

    private static IEnumerable<PriceUpdate> Merge(List<PriceTick> stored, byte[]? saved, StateReading reading) =>
        NewestPrices.Merge(stored, saved is null ? [] : reading.Newest(stored[0].LocationId, saved));

    private async Task ReadStatesAsync(
        LocationId[] wanted, LocationState?[] states, Predicate<LocationState> isReadable, CancellationToken cancellationToken)
    {
        var reading = new StateReading(log);
        var rows = store.QueryAsync("restore location states", ReadStates, parameters => BindPlaces(parameters, wanted), row =>
        {
            var place = (int)row.GetInt64(0) - 1;
            return (Place: place, State: reading.State(
                wanted[place], TickRow.Utc(row, 1), row.GetFieldValue<byte[]>(2), row.GetFieldValue<byte[]>(3), isReadable));
        }, cancellationToken);
        await foreach (var (place, state) in rows) states[place] = state;
        reading.Tell();
    }

    private async Task ReadTailsByKeyAsync(
        LocationId[] wanted, int[] places, LocationState?[] states, List<PriceTick>?[] tails, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (places.Length == 0) return;

        var rows = store.QueryAsync("restore location states", ReadTailsByKey, parameters =>
        {
            BindPlaces(parameters, places.Select(i => wanted[i]));
            Bind(parameters, "since", NpgsqlDbType.TimestampTz, Enumerable.Repeat(since.UtcDateTime, places.Length));
            Bind(parameters, "after", NpgsqlDbType.TimestampTz, places.Select(i => states[i] is { } state ? Before(state.SavedAt) : DateTime.UnixEpoch));
            Bind(parameters, "types", NpgsqlDbType.Text, PriceTypes.All.Select(type => type.Name()));
        }, row => (Place: places[(int)row.GetInt64(16) - 1], Tick: TickRow.Read(row)), cancellationToken);
        await foreach (var (place, tick) in rows) (tails[place] ??= []).Add(tick);
    }

    private async Task ReadTailsByIngestionAsync(
        LocationId[] wanted, int[] places, LocationState?[] states, List<PriceTick>?[] tails, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (places.Length == 0) return;

        var placeOf = new Dictionary<LocationId, int>(places.Length);
        foreach (var place in places) placeOf[wanted[place]] = place;
        var rows = store.QueryAsync("restore location states", ReadTailsByIngestion, parameters =>
        {
            Bind(parameters, "zones", NpgsqlDbType.Text, placeOf.Keys.Select(location => location.Zone.Name()).Distinct());
            _ = parameters.AddWithValue("since", since.UtcDateTime);
            _ = parameters.AddWithValue("oldest", Before(states[places[0]]!.SavedAt));
        }, row => (Tick: TickRow.Read(row), IngestedAt: row.GetDateTime(16)), cancellationToken);
        await foreach (var (tick, ingestedAt) in rows)
        {
            if (placeOf.TryGetValue(tick.LocationId, out var place) && ingestedAt > Before(states[place]!.SavedAt)) (tails[place] ??= []).Add(tick);
        }

        foreach (var place in places)
        {
            if (tails[place] is { } tail) tails[place] = [.. tail.OrderBy(tick => tick.Timestamp).ThenBy(tick => tick.PriceType)];
        }
    }

    private DateTime Before(DateTimeOffset saved) =>
        saved.UtcDateTime > DateTime.UnixEpoch + store.Options.ClockMargin ? saved.UtcDateTime - store.Options.ClockMargin : DateTime.UnixEpoch;

    private static void BindPlaces(NpgsqlParameterCollection parameters, IEnumerable<LocationId> locations)
    {
        Bind(parameters, "zones", NpgsqlDbType.Text, locations.Select(location => location.Zone.Name()));
        Bind(parameters, "locations", NpgsqlDbType.Text, locations.Select(location => location.Location));
    }

    private static void Bind<T>(NpgsqlParameterCollection parameters, string name, NpgsqlDbType type, IEnumerable<T> values) =>
        parameters.Add(new(name, NpgsqlDbType.Array | type) { Value = values.ToArray() });
}
