namespace OptiBid.History.Tests.Contract;

/// <summary>Prices as a release before publications were kept has left them, and what must come of them.</summary>
internal static class UpgradedPrices
{
    /// <summary>Repeated once (published 1 and 3), and repeated before it was replaced (published 1, 2 and 4).</summary>
    public const string Insert =
        """
        insert into market_data (market_zone, location, price_type, "timestamp", interval_minutes, price, published_at, revision, "sequence", confirmed_at, confirmed_sequence, ingested_at)
        values ('PJM', 'repeated', 'REAL_TIME_5_MIN', '2026-11-22 12:00:00+00', 5, 10, '2026-11-22 12:01:00+00', 1, 0, '2026-11-22 12:03:00+00', 0, now()),
            ('PJM', 'replaced', 'REAL_TIME_5_MIN', '2026-11-22 12:00:00+00', 5, 20, '2026-11-22 12:04:00+00', 2, 0, null, null, now());
        insert into market_data_revisions (market_zone, location, price_type, "timestamp", interval_minutes, price, published_at, revision, "sequence", confirmed_at, confirmed_sequence, ingested_at, superseded_at)
        values ('PJM', 'replaced', 'REAL_TIME_5_MIN', '2026-11-22 12:00:00+00', 5, 10, '2026-11-22 12:01:00+00', 1, 0, '2026-11-22 12:02:00+00', 0, now(), now());
        """;

    public static async Task AssertContinuedAsync(HistoryUnderTest store)
    {
        Assert.Equal([("repeated", 10, 1, null), ("replaced", 10, 1, 4.0), ("replaced", 20, 2, null)], await RevisionsAsync(store));

        await store.WriteAsync(Ticks.At(price: 20, published: 2, location: "repeated"), Ticks.At(price: 30, published: 1, sequence: 1, location: "replaced"));

        Assert.Equal(
            [
                ("repeated", 10, 1, 2.0), ("repeated", 20, 2, 3.0), ("repeated", 10, 3, null),
                ("replaced", 10, 1, 1.0), ("replaced", 30, 2, 2.0), ("replaced", 10, 3, 4.0), ("replaced", 20, 4, null),
            ],
            await RevisionsAsync(store));
        Assert.Equal([(10, 3), (20, 4)], (await store.AllAsync()).Select(tick => (tick.Price, tick.Revision)));
        Assert.Equal([(20, 2), (10, 3)], (await store.AllAsync(Ticks.Everything with { AsOf = Ticks.Noon.AddMinutes(2) })).Select(tick => (tick.Price, tick.Revision)));
    }

    private static async Task<List<(string Location, double Price, int Revision, double? Superseded)>> RevisionsAsync(HistoryUnderTest store) =>
        await store.Prices.ReadRevisionsAsync(Ticks.Everything, TestContext.Current.CancellationToken)
            .Select(row => (row.Tick.Location, row.Tick.Price, row.Tick.Revision, (row.SupersededAt - Ticks.Noon)?.TotalMinutes))
            .ToListAsync(TestContext.Current.CancellationToken);
}
