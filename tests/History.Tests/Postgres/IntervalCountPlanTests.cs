using Npgsql;
using OptiBid.History.Postgres;

namespace OptiBid.History.Tests.Postgres;

public sealed class IntervalCountPlanTests(PostgresForAll postgres)
{
    private const string Fill =
        """
        insert into market_data (market_zone, location, price_type, timestamp, interval_minutes, price, published_at, revision, sequence)
        select zone, 'L' || place, 'REAL_TIME_HOURLY', hour, 60, 30, hour, 1, 0
        from generate_series(timestamptz '2026-11-22 12:00Z', timestamptz '2026-11-22 11:00Z' + interval '30 days', interval '1 hour') hour,
            unnest(array['PJM', 'CAISO']) zone, generate_series(1, 40) place;
        analyze market_data;
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("force_custom_plan")]
    [InlineData("force_generic_plan")]
    public async Task Count_ADayOfAMonth_ReadsThatDayAlone(string mode)
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using (var store = PostgresUnderTest.Open(connection)) _ = await store.Prices.CheckAsync(Cancel);
        await using var source = NpgsqlDataSource.Create(connection);
        await using (var fill = source.CreateCommand(Fill)) _ = await fill.ExecuteNonQueryAsync(Cancel);

        var sql = PostgresIntervalCounts.Sql
            .Replace("@zone", "$1", StringComparison.Ordinal).Replace("@type", "$2", StringComparison.Ordinal)
            .Replace("@from", "$3", StringComparison.Ordinal).Replace("@until", "$4", StringComparison.Ordinal);
        await using var explain = source.CreateCommand(
            $"""
            set plan_cache_mode = {mode};
            prepare counting (text, text, timestamptz, timestamptz) as {sql};
            explain (analyze, costs off, timing off) execute counting ('PJM', 'REAL_TIME_HOURLY', '2026-12-01Z', '2026-12-02Z')
            """);
        var plan = new List<string>();
        await using (var reader = await explain.ExecuteReaderAsync(Cancel))
        {
            while (await reader.ReadAsync(Cancel)) plan.Add(reader.GetString(0).Trim());
        }

        // 24 hours of 40 places in the zone, as many in the other; 57,600 rows in the table.
        var text = string.Join('\n', plan);
        Assert.Contains("market_data_by_time", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", text, StringComparison.Ordinal);
        Assert.Contains("Rows Removed by Filter: 960", plan);
    }
}
