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

    private static PriceTick[] Repeated(string[] places, int published) =>
        [.. places.Select(place => Ticks.At(price: 30, published: published, location: place))];
}
