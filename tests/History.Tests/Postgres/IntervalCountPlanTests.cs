using Npgsql;
using OptiBid.History.Postgres;

namespace OptiBid.History.Tests.Postgres;

public sealed class IntervalCountPlanTests(PostgresForAll postgres)
{
    private const string Fill =
        """
        select count(keep_partition('market_data', day, 'month')) from generate_series(timestamptz '2026-11-01Z', '2026-12-31Z', interval '1 month') day;
        insert into market_data (market_zone, location, price_type, timestamp, interval_minutes, price, published_at, revision, sequence)
        select zone, 'L' || place, 'REAL_TIME_HOURLY', hour, 60, 30, hour, 1, 0
        from generate_series(timestamptz '2026-11-22 12:00Z', timestamptz '2026-11-22 11:00Z' + interval '15 days', interval '1 hour') hour,
            unnest(array['PJM', 'CAISO']) zone, generate_series(1, 40) place;
        analyze market_data;
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Count_ADayOfManyWhateverThePlan_ReadsThatDayAlone()
    {
        var connection = await postgres.CreatePlainDatabaseAsync();
        await using (var store = PostgresUnderTest.Open(connection)) _ = await store.Prices.CheckAsync(Cancel);
        await using var source = NpgsqlDataSource.Create(connection);
        await using (var fill = source.CreateCommand(Fill)) _ = await fill.ExecuteNonQueryAsync(Cancel);

        foreach (var mode in new[] { "force_custom_plan", "force_generic_plan" })
        {
            // 24 hours of 40 places in the zone, as many in the other; 28,800 rows in the table.
            var plan = await PlanAsync(source, mode);
            Assert.Contains(plan, line => line.Contains("market_data_2026_12_timestamp_idx", StringComparison.Ordinal));
            Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal));
            Assert.Contains("Rows Removed by Filter: 960", plan);
        }
    }

    private static async Task<List<string>> PlanAsync(NpgsqlDataSource source, string mode)
    {
        var sql = PostgresIntervalCounts.Sql
            .Replace("@zone", "$1", StringComparison.Ordinal).Replace("@type", "$2", StringComparison.Ordinal)
            .Replace("@from", "$3", StringComparison.Ordinal).Replace("@until", "$4", StringComparison.Ordinal);
        await using var explain = source.CreateCommand(
            $"""
            set plan_cache_mode = {mode};
            prepare counting_{mode} (text, text, timestamptz, timestamptz) as {sql};
            explain (analyze, costs off, timing off) execute counting_{mode} ('PJM', 'REAL_TIME_HOURLY', '2026-12-01Z', '2026-12-02Z')
            """);
        await using var reader = await explain.ExecuteReaderAsync(Cancel);
        var plan = new List<string>();
        while (await reader.ReadAsync(Cancel)) plan.Add(reader.GetString(0).Trim());
        return plan;
    }
}
