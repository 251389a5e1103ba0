using Npgsql;

namespace OptiBid.History.Tests.Postgres;

public sealed class TickUpsertTests(PostgresForAll postgres)
{
    [Fact]
    public async Task Write_TwoWritersRepeatValuesInOppositeOrders_NeverWaitForEachOther()
    {
        await using var store = PostgresUnderTest.Open(await postgres.CreateDatabaseAsync());
        string[] places = [.. Enumerable.Range(0, 1_000).Select(i => $"L{i * 7_919 % 1_000}")];
        await store.WriteAsync(Repeated(places, published: 0));

        // A deadlock would end one of the two with an error.
        await Task.WhenAll(
            Task.Run(() => RepeatAsync(places, first: 1), TestContext.Current.CancellationToken),
            Task.Run(() => RepeatAsync([.. places.Reverse()], first: 2), TestContext.Current.CancellationToken));

        Assert.All(await store.AllAsync(), tick => Assert.Equal(1, tick.Revision));

        async Task RepeatAsync(string[] order, int first)
        {
            for (var i = 0; i < 30; i++) await store.WriteAsync(Repeated(order, first + (2 * i)));
        }
    }

    [Fact]
    public async Task Write_LateValueThatChangesNothingButARevision_LeavesTheTimeOfIngestion()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using var store = PostgresUnderTest.Open(connection);
        await store.WriteAsync(Ticks.At(price: 1, published: 1));
        await using var source = NpgsqlDataSource.Create(connection);
        await using var ingested = source.CreateCommand("select ingested_at from market_data");
        var first = await ingested.ExecuteScalarAsync(TestContext.Current.CancellationToken);

        await store.WriteAsync(Ticks.At(price: 1, published: 3));
        await store.WriteAsync(Ticks.At(price: 2, published: 2));

        Assert.Equal(3, Assert.Single(await store.AllAsync()).Revision);
        Assert.Equal(first, await ingested.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    private static PriceTick[] Repeated(string[] places, int published) =>
        [.. places.Select(place => Ticks.At(price: 30, published: published, location: place))];
}
