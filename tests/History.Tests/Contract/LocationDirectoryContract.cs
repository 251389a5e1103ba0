namespace OptiBid.History.Tests.Contract;

/// <summary>What <see cref="ILocationDirectory"/> promises, of any store.</summary>
public abstract class LocationDirectoryContract : StoreContract
{
    private static readonly MarketLocation[] Known =
    [
        new(new(MarketZone.CAISO, "TH_NP15_GEN-APND"), "NP15", LocationType.Hub),
        new(new(MarketZone.ERCOT, "HB_NORTH"), "HB_NORTH", LocationType.Hub),
        new(new(MarketZone.ERCOT, "LZ_HOUSTON"), "LZ_HOUSTON", LocationType.Zone, "HB_HOUSTON"),
        new(new(MarketZone.PJM, "51288"), "WESTERN HUB", LocationType.Hub),
        new(new(MarketZone.PJM, "9"), "50%_off 'node'", LocationType.Node),
    ];

    private Task<List<MarketLocation>> SearchAsync(LocationQuery query) => Store.Locations.SearchAsync(query, Cancel).ToListAsync(Cancel).AsTask();

    [Fact]
    public async Task Search_EachFilter_GivesWhatMatchesInOrder()
    {
        await Store.Locations.SaveAsync([.. Known.Reverse()], Cancel);

        Assert.Equal(Known, await SearchAsync(new()));
        Assert.Equal(Known[1..3], await SearchAsync(new() { Zone = MarketZone.ERCOT }));
        Assert.Equal([Known[0], Known[1], Known[3]], await SearchAsync(new() { Type = LocationType.Hub }));
        Assert.Equal([Known[1], Known[2]], await SearchAsync(new() { After = Known[0].Id, Limit = 2 }));
        Assert.Equal([Known[3]], await SearchAsync(new() { Contains = "western" }));
        Assert.Equal([Known[0]], await SearchAsync(new() { Contains = "np15_gen" }));
        Assert.Empty(await SearchAsync(new() { Contains = "absent" }));
    }

    [Theory]
    [InlineData("%", 1)]
    [InlineData("_", 4)]
    [InlineData("50%_OFF", 1)]
    [InlineData("'node'", 1)]
    [InlineData("w%b", 0)]
    public async Task Search_PatternCharacters_AreTakenLiterally(string part, int count)
    {
        await Store.Locations.SaveAsync(Known, Cancel);
        Assert.Equal(count, (await SearchAsync(new() { Contains = part })).Count);
    }

    [Fact]
    public async Task Save_KnownLocation_UpdatesIt()
    {
        await Store.Locations.SaveAsync(Known, Cancel);
        var changed = Known[4] with { Name = "new name", Type = LocationType.Bus, Hub = "51288" };

        await Store.Locations.SaveAsync([Known[4], changed], Cancel);
        await Store.Locations.SaveAsync([], Cancel);

        Assert.Equal(Known[..4].Append(changed), await SearchAsync(new()));
    }
}
