using DuckDB.NET.Data;
using OptiBid.History.Batches;
using OptiBid.History.Queries;

namespace OptiBid.History.Duck;

/// <summary>
/// Keeps the publications of a batch that did not become what stands: repetitions, and those that came after a later
/// one. The latter may split the last run of their price, whose second part then stands: the same value, with another
/// publication and revision.
/// </summary>
internal static class DuckPublications
{
    /// <summary>The condition that the publication of <c>stored</c> is among those kept.</summary>
    public const string IsKept = KeptLike + """ kept.published_at = stored.published_at and kept."sequence" = stored."sequence" """;

    private const string KeptLike =
        """
        select 1 from market_data_revisions kept
        where kept."timestamp" between $first and $last and kept.market_zone = stored.market_zone and kept.location = stored.location
            and kept.price_type = stored.price_type and kept."timestamp" = stored."timestamp" and
        """;

    private const string OfBatch =
        """
        stored."timestamp" between $first and $last and stored.market_zone = incoming.market_zone and stored.location = incoming.location
            and stored.price_type = incoming.price_type and stored."timestamp" = incoming."timestamp"
        """;

    // Those of the batch that neither stand nor are kept; late where something later was known.
    private const string Note =
        $"""
        create or replace temporary table passed_ticks as
        select incoming.* exclude (round), $now as ingested_at,
            (incoming.published_at, incoming."sequence")
                < (coalesce(stored.confirmed_at, stored.published_at), coalesce(stored.confirmed_sequence, stored."sequence")) as late
        from temp.incoming_ticks incoming join market_data stored on {OfBatch}
        where (incoming.published_at, incoming."sequence") <> (stored.published_at, stored."sequence")
            and not exists ({KeptLike} kept.published_at = incoming.published_at and kept."sequence" = incoming."sequence")
        """;

    private const string KeepPassed = "insert into market_data_revisions by name select * exclude (late) from temp.passed_ticks";

    private const string LatePrices = $"(select distinct {PublicationsSql.Key} from temp.passed_ticks where late) incoming";

    // It may owe its revision to a repetition; what is kept of it is what it is now, if nothing is kept yet.
    private const string KeepStanding =
        $"""
        insert into market_data_revisions by name
        select stored.* exclude (confirmed_at, confirmed_sequence)
        from market_data stored join {LatePrices} on {OfBatch}
        where not exists ({IsKept})
        """;

    private static readonly string Reconcile =
        $"""
        update market_data as stored set
            interval_minutes = incoming.interval_minutes, price = incoming.price, energy_cost = incoming.energy_cost,
            congestion_cost = incoming.congestion_cost, loss_cost = incoming.loss_cost, volume = incoming.volume,
            renewable_percentage = incoming.renewable_percentage, load_forecast = incoming.load_forecast,
            published_at = incoming.published_at, revision = incoming.revision, source = incoming.source, "sequence" = incoming."sequence",
            confirmed_at = case when {IsLatest} then null else coalesce(stored.confirmed_at, stored.published_at) end,
            confirmed_sequence = case when {IsLatest} then null else coalesce(stored.confirmed_sequence, stored."sequence") end
        from ({PublicationsSql.LastRun(OfLatePrices)}) as incoming
        where {OfBatch} and (incoming.published_at <> stored.published_at or incoming."sequence" <> stored."sequence" or incoming.revision <> stored.revision)
        """;

    private const string IsLatest =
        """
        (incoming.published_at, incoming."sequence") = (coalesce(stored.confirmed_at, stored.published_at), coalesce(stored.confirmed_sequence, stored."sequence"))
        """;

    private const string OfLatePrices =
        $"""
        select {PublicationsSql.Columns}, 0 as place from (
            select stored.* from market_data_revisions stored join {LatePrices} on {OfBatch}) as kept
        """;

    /// <summary>Runs in the transaction of the batch, after its rounds.</summary>
    public static void Keep(DuckDBConnection writer, TickBatch batch, DateTimeOffset now)
    {
        (string, object)[] span = [("first", batch.First), ("last", batch.Last)];
        _ = writer.Execute(Note, [.. span, ("now", now)]);
        if (writer.Execute(KeepPassed) == 0 || writer.Count("select count(*) from temp.passed_ticks where late") == 0) return;

        _ = writer.Execute(KeepStanding, span);
        _ = writer.Execute(Reconcile, span);
    }
}
