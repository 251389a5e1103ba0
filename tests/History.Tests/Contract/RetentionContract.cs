namespace OptiBid.History.Tests.Contract;

/// <summary>What removing old prices does, of any store.</summary>
public abstract class RetentionContract : StoreContract
{
    private static readonly DateTimeOffset Old = new(2021, 5, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Remove_OldMonths_LeavesWhatIsYoungerAndTakesMoreLater()
    {
        PriceTick[] ticks = [.. Enumerable.Range(0, 8).Select(month => At(Old.AddMonths(month)))];
        await Store.WriteAsync(ticks);
        foreach (var tick in ticks) await Store.WriteAsync(tick with { Price = 99, PublishedAt = tick.PublishedAt.AddHours(1) });

        Assert.NotNull(await Store.Upkeep.RemovePricesBeforeAsync(Old.AddMonths(4), Cancel));
        Assert.Null(await Store.Upkeep.RemovePricesBeforeAsync(Old.AddMonths(4), Cancel));

        Assert.Equal(ticks[4..].Select(tick => tick.Timestamp), (await Store.AllAsync(All)).Select(tick => tick.Timestamp));

        // What has been removed can be written again, by a process that remembers where it was.
        await Store.WriteAsync(ticks);
        Assert.Equal(8, (await Store.AllAsync(All)).Count);
        Assert.All((await Store.AllAsync(All)).Take(4), tick => Assert.Equal(1, tick.Revision));
    }

    private static PriceQuery All => new() { Start = Old, End = Old.AddYears(1) };

    private static PriceTick At(DateTimeOffset time) => Ticks.At(type: PriceType.RealTimeHourly) with { Timestamp = time, PublishedAt = time };
}
