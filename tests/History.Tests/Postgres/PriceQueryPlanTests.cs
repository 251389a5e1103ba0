using System.Globalization;
using Npgsql;
using OptiBid.History.Queries;

namespace OptiBid.History.Tests.Postgres;

public sealed class PriceQueryPlanTests(PostgresForAll postgres)
{
    private const string Fill =
        """
        select keep_partition('market_data', timestamptz '2026-11-01Z', 'month');
        insert into market_data (market_zone, location, price_type, timestamp, interval_minutes, price, published_at, revision, sequence)
        select 'PJM', 'L' || place, 'REAL_TIME_HOURLY', hour, 60, 30, hour, 1, 0
        from generate_series(timestamptz '2026-11-02Z', timestamptz '2026-11-09 23:00Z', interval '1 hour') hour, generate_series(1, 400) place;
        analyze market_data;
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(80)]
    public async Task Read_OfSomePlaces_ReadsThemAlone(int places)
    {
        var connection = await postgres.CreatePlainDatabaseAsync();
        await using (var store = PostgresUnderTest.Open(connection)) _ = await store.Prices.CheckAsync(Cancel);
        await using var source = NpgsqlDataSource.Create(connection);
        await using (var fill = source.CreateCommand(Fill)) _ = await fill.ExecuteNonQueryAsync(Cancel);

        // A day in the middle, and one that statistics have not heard of.
        foreach (var day in new[] { 5, 20 })
        {
            var start = new DateTimeOffset(2026, 11, day, 0, 0, 0, TimeSpan.Zero);
            var sql = PriceQuerySql.For(
                new() { Start = start, End = start.AddDays(1), Locations = [.. Enumerable.Range(1, places).Select(i => "L" + i)] }, SqlDialect.Postgres);
            await using var explain = source.CreateCommand("explain (analyze, costs off, timing off) " + sql.Text);
            foreach (var (name, value) in sql.Parameters) _ = explain.Parameters.AddWithValue(name, value);
            var plan = new List<string>();
            await using (var reader = await explain.ExecuteReaderAsync(Cancel))
            {
                while (await reader.ReadAsync(Cancel)) plan.Add(reader.GetString(0).Trim());
            }

            Assert.Contains(plan, line => line.Contains("market_data_2026_11_pkey", StringComparison.Ordinal));
            Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal) || line.Contains("timestamp_idx", StringComparison.Ordinal));
            Assert.True(plan.Where(line => line.StartsWith("Rows Removed by Filter", StringComparison.Ordinal))
                .Sum(line => int.Parse(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture)) < 100, string.Join('\n', plan));
        }
    }
}
