using OptiBid.History.Postgres;

namespace OptiBid.History.Tests.Postgres;

/// <summary>Reads that must not go through every partition there is.</summary>
public sealed class NewestPricesPlanTests(PostgresForAll postgres)
{
    private const string Fill =
        """
        select count(keep_partition('market_data', month, 'month')) from generate_series(timestamptz '2026-01-01Z', '2026-12-01Z', interval '1 month') month;
        insert into market_data (market_zone, location, price_type, timestamp, interval_minutes, price, published_at, revision, sequence)
        select 'PJM', 'L' || place, 'REAL_TIME_HOURLY', hour, 60, 30, hour, 1, 0
        from generate_series(timestamptz '2026-01-01Z', '2026-11-22Z', interval '6 hours') hour, generate_series(1, 20) place;
        insert into market_data_series select distinct market_zone, location, price_type from market_data;
        update market_data set ingested_at = timestamp;
        analyze market_data;
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_OfTheNewest_StopAtThePartitionsThatHaveIt()
    {
        var connection = await postgres.CreatePlainDatabaseAsync();
        await using (var store = PostgresUnderTest.Open(connection)) _ = await store.Prices.CheckAsync(Cancel);
        await Sql.ExecuteAsync(connection, Fill);

        foreach (var mode in new[] { "force_custom_plan", "force_generic_plan" })
        {
            // December, which has no row yet, then November; no older one.
            var newest = await PlanAsync(connection, mode, PostgresLocationStates.ReadNewest.Replace("@zones", "$1", StringComparison.Ordinal), "text[]", "array['PJM']");
            Assert.Contains(newest, line => line.Contains("Index Scan Backward using market_data_2026_11", StringComparison.Ordinal) && !NeverRan(line));
            Assert.All(newest.Where(line => line.Contains("market_data_2026_", StringComparison.Ordinal) && !line.Contains("_11_", StringComparison.Ordinal) && !line.Contains("_12_", StringComparison.Ordinal)),
                line => Assert.True(NeverRan(line), line));

            var tails = await PlanAsync(connection, mode, PostgresLocationStates.ReadTailsByIngestion
                .Replace("@since", "$1", StringComparison.Ordinal).Replace("@oldest", "$2", StringComparison.Ordinal).Replace("@zones", "$3", StringComparison.Ordinal),
                "timestamptz, timestamptz, text[]", "'2026-11-21Z', '2026-11-22Z', array['PJM']");
            Assert.All(tails.Where(line => line.Contains("market_data_2026_", StringComparison.Ordinal)), line =>
                Assert.True(NeverRan(line) || line.Contains("_11", StringComparison.Ordinal) || line.Contains("_12", StringComparison.Ordinal), line));
        }
    }

    private static bool NeverRan(string line) => line.Contains("(never executed)", StringComparison.Ordinal);

    private static Task<List<string>> PlanAsync(string connection, string mode, string sql, string types, string values) =>
        Sql.ColumnAsync(connection, $"set plan_cache_mode = {mode}; prepare reading ({types}) as {sql}; explain (analyze, costs off, timing off) execute reading ({values})");
}
