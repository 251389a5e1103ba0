using DuckDB.NET.Data;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Batches;
using OptiBid.History.Queries;

namespace OptiBid.History.Duck;

/// <summary>
/// Writes one batch in the writer's transaction: appended to a staging table, then joined with what is stored in
/// the batch's span of time. A batch that meets nothing, as live prices do, is inserted as it is. What did not come to
/// stand is kept by <see cref="DuckPublications"/>.
/// </summary>
internal static class DuckUpsert
{
    private const string CreateStaging =
        """
        create temporary table if not exists incoming_ticks (
            market_zone varchar, location varchar, price_type varchar, "timestamp" timestamptz, interval_minutes smallint,
            price double, energy_cost double, congestion_cost double, loss_cost double, volume double,
            renewable_percentage double, load_forecast double, published_at timestamptz, revision integer,
            source varchar, "sequence" bigint, round integer)
        """;

    private const string Matches =
        """
        incoming.round = $round and stored."timestamp" between $first and $last
            and stored.market_zone = incoming.market_zone and stored.location = incoming.location
            and stored.price_type = incoming.price_type and stored."timestamp" = incoming."timestamp"
        """;

    private const string IsLater =
        """
        (incoming.published_at, incoming."sequence")
            > (coalesce(stored.confirmed_at, stored.published_at), coalesce(stored.confirmed_sequence, stored."sequence"))
        """;

    private const string IsOther =
        """
        (incoming.price is distinct from stored.price or incoming.energy_cost is distinct from stored.energy_cost
            or incoming.congestion_cost is distinct from stored.congestion_cost or incoming.loss_cost is distinct from stored.loss_cost)
        """;

    private const string CountMet = $"select count(*) from market_data stored join temp.incoming_ticks incoming on {Matches}";

    // Also where only the revision grows by a repetition: what the value itself brought is not forgotten.
    private const string KeepReplaced =
        $"""
        insert into market_data_revisions by name
        select stored.* exclude (confirmed_at, confirmed_sequence)
        from market_data stored join temp.incoming_ticks incoming on {Matches} and {IsLater} and ({IsOther} or incoming.revision > stored.revision)
        where not exists ({DuckPublications.IsKept})
        """;

    private const string Replace =
        $"""
        update market_data as stored set
            interval_minutes = incoming.interval_minutes, price = incoming.price, energy_cost = incoming.energy_cost,
            congestion_cost = incoming.congestion_cost, loss_cost = incoming.loss_cost, volume = incoming.volume,
            renewable_percentage = incoming.renewable_percentage, load_forecast = incoming.load_forecast,
            published_at = incoming.published_at, revision = greatest(least(stored.revision, 2147483646) + 1, incoming.revision),
            source = incoming.source, "sequence" = incoming."sequence", confirmed_at = null, confirmed_sequence = null,
            ingested_at = $now
        from temp.incoming_ticks incoming
        where {Matches} and {IsLater} and {IsOther}
        """;

    private const string Confirm =
        $"""
        update market_data as stored set
            confirmed_at = incoming.published_at, confirmed_sequence = incoming."sequence", revision = greatest(stored.revision, incoming.revision)
        from temp.incoming_ticks incoming
        where {Matches} and {IsLater} and not {IsOther}
        """;

    private const string Insert =
        $"""
        insert into market_data ({PriceQuerySql.Columns}, ingested_at)
        select {PriceQuerySql.Columns}, $now from temp.incoming_ticks where round = $round
        """;

    private const string InsertUnmet =
        $"""
        insert into market_data ({PriceQuerySql.Columns}, ingested_at)
        select {PriceQuerySql.Columns}, $now from temp.incoming_ticks incoming
        where round = $round and not exists (select 1 from market_data stored where {Matches})
        """;

    public static void Write(DuckDBConnection writer, TickBatch batch, DateTimeOffset now)
    {
        _ = writer.Execute(CreateStaging);
        _ = writer.Execute("delete from temp.incoming_ticks");
        Append(writer, batch);
        var metAny = false;
        for (var round = 0; round < batch.RoundCount; round++)
        {
            var met = writer.Count(CountMet, ("round", round), ("first", batch.First), ("last", batch.Last));
            if (met > 0)
            {
                metAny = true;
                _ = writer.Execute(KeepReplaced, ("round", round), ("first", batch.First), ("last", batch.Last));
                _ = writer.Execute(Confirm, ("round", round), ("first", batch.First), ("last", batch.Last));
                _ = writer.Execute(Replace, ("round", round), ("first", batch.First), ("last", batch.Last), ("now", now));
                _ = writer.Execute(InsertUnmet, ("round", round), ("first", batch.First), ("last", batch.Last), ("now", now));
            }
            else
            {
                _ = writer.Execute(Insert, ("round", round), ("now", now));
            }
        }

        if (metAny) DuckPublications.Keep(writer, batch, now);
    }

    private static void Append(DuckDBConnection writer, TickBatch batch)
    {
        using var appender = writer.AppendTemporary("incoming_ticks");
        for (var i = 0; i < batch.Ticks.Length; i++)
        {
            var round = batch.RoundOf(i);
            if (round >= 0) Append(appender.CreateRow(), batch.Ticks.Span[i], round);
        }
    }

    private static void Append(IDuckDBAppenderRow row, in PriceTick tick, int round) => row
        .AppendValue(tick.MarketZone.Name())
        .AppendValue(tick.Location)
        .AppendValue(tick.PriceType.Name())
        .AppendValue((DateTimeOffset?)Moment.Cut(tick.Timestamp))
        .AppendValue((short?)tick.IntervalMinutes)
        .AppendValue((double?)tick.Price)
        .AppendValue(tick.EnergyCost)
        .AppendValue(tick.CongestionCost)
        .AppendValue(tick.LossCost)
        .AppendValue(tick.Volume)
        .AppendValue(tick.RenewablePercentage)
        .AppendValue(tick.LoadForecast)
        .AppendValue((DateTimeOffset?)Moment.Cut(tick.PublishedAt))
        .AppendValue((int?)Math.Max(1, tick.Revision))
        .AppendValue(tick.Source)
        .AppendValue((long?)tick.Sequence)
        .AppendValue((int?)round)
        .EndRow();
}
