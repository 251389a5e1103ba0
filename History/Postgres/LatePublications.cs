using Npgsql;
using OptiBid.History.Queries;

namespace OptiBid.History.Postgres;

/// <summary>
/// Keeps the publications of a staged batch that did not become what stands: repetitions, and those that came after a
/// later one. The latter may split the last run of their price, whose second part then stands: the same value, with
/// another publication and revision. Runs where every price of the batch is locked by the upsert before it, so a
/// publication of such a price is either seen here or comes later and sees this one.
/// </summary>
internal static class LatePublications
{
    // A plan that was made while the tables were small, and kept, could go by time and read a market's prices for each.
    private const string Prepare =
        """
        create temporary table if not exists late_prices (
            market_zone text collate "C", location text collate "C", price_type text collate "C", timestamp timestamptz)
        on commit delete rows;
        set local plan_cache_mode = force_custom_plan
        """;

    // Prices are looked up one by one, as the offsets have it: statistics know nothing of a temporary table and of the
    // last hours. Equality alone leads to the key, and excludes partitions and chunks as it goes; with bounds of time
    // beside it the index by time looks as good, and has a market's prices for each.
    private const string OfPrice =
        """
        d.market_zone = price.market_zone and d.location = price.location and d.price_type = price.price_type
            and d.timestamp = price.timestamp
        """;

    // A repetition within the run that stands changes nothing, unless it brings a higher revision.
    private const string Keep =
        $"""
        with kept as (
            insert into market_data_revisions ({TickCopy.Columns}, ingested_at)
            select {TickCopy.Columns}, now()
            from pg_temp.incoming_ticks as price cross join lateral (
                select d.published_at as standing_at, d.sequence as standing_sequence from market_data as d where {OfPrice} offset 0) as standing
            where (price.published_at, price.sequence) <> (standing_at, standing_sequence)
            on conflict do nothing
            returning market_zone, location, price_type, timestamp, published_at, sequence, price, energy_cost, congestion_cost, loss_cost, revision
        )
        insert into pg_temp.late_prices
        select distinct price.market_zone, price.location, price.price_type, price.timestamp
        from kept as price cross join lateral (
            select * from market_data as d where {OfPrice} offset 0) as standing
        where (price.published_at, price.sequence)
                < (coalesce(standing.confirmed_at, standing.published_at), coalesce(standing.confirmed_sequence, standing.sequence))
            and not ((price.published_at, price.sequence) > (standing.published_at, standing.sequence) and price.revision <= standing.revision
                and (price.price, price.energy_cost, price.congestion_cost, price.loss_cost)
                    is not distinct from (standing.price, standing.energy_cost, standing.congestion_cost, standing.loss_cost))
        """;

    private const string Standing =
        $"(select d.* from pg_temp.late_prices as price cross join lateral (select * from market_data as d where {OfPrice} offset 0) as d)";

    // A repetition that a host of the release before has only noted beside the value is a publication too.
    private const string Publications =
        $"""
        select {PublicationsSql.Columns}, 0 as place
        from (
            select d.* from pg_temp.late_prices as price
            cross join lateral (select * from market_data_revisions as d where {OfPrice} offset 0) as d) as kept
        union all
        select {PublicationsSql.Columns}, 1 as place from {Standing} as standing
        union all
        select {PublicationsSql.Content}, confirmed_at, confirmed_sequence, revision, 2 as place from {Standing} as standing where confirmed_at is not null
        """;

    // The latest publication stays what it is, and so does the value. ingested_at stays too: whoever reads on from there
    // has seen the value. An update joined with the keys would unpack whole compressed chunks; an upsert goes by key.
    private static readonly string Reconcile =
        $"""
        insert into market_data as stored ({TickCopy.Columns}, ingested_at)
        select {TickCopy.Columns}, ingested_at from ({PublicationsSql.LastRun(Publications)}) as standing
        order by market_zone, location, price_type, timestamp
        on conflict (market_zone, location, price_type, timestamp) do update set
            interval_minutes = excluded.interval_minutes, price = excluded.price, energy_cost = excluded.energy_cost,
            congestion_cost = excluded.congestion_cost, loss_cost = excluded.loss_cost, volume = excluded.volume,
            renewable_percentage = excluded.renewable_percentage, load_forecast = excluded.load_forecast,
            published_at = excluded.published_at, revision = excluded.revision, source = excluded.source, sequence = excluded.sequence,
            confirmed_at = case when (excluded.published_at, excluded.sequence) = (coalesce(stored.confirmed_at, stored.published_at), coalesce(stored.confirmed_sequence, stored.sequence))
                then null else coalesce(stored.confirmed_at, stored.published_at) end,
            confirmed_sequence = case when (excluded.published_at, excluded.sequence) = (coalesce(stored.confirmed_at, stored.published_at), coalesce(stored.confirmed_sequence, stored.sequence))
                then null else coalesce(stored.confirmed_sequence, stored.sequence) end
        where (stored.published_at, stored.sequence, stored.revision) is distinct from (excluded.published_at, excluded.sequence, excluded.revision)
        """;

    /// <summary>Runs in the transaction of the batch, after its upserts.</summary>
    public static async Task KeepAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using (var prepare = new NpgsqlCommand(Prepare, connection)) _ = await prepare.ExecuteNonQueryAsync(cancellationToken);
        if (await RunAsync(Keep) > 0) _ = await RunAsync(Reconcile);

        async Task<int> RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
