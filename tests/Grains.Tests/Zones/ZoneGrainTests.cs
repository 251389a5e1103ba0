namespace OptiBid.Grains.Tests.Zones;

public sealed class ZoneGrainTests
{
    [Fact]
    public async Task Reports_OfTwoSilos_AddUpAndStayWhenOneIsGone()
    {
        await using var cluster = await ZoneCluster.StartAsync(2, new MemoryZoneStore());
        cluster.Count(0, duplicates: 3);
        cluster.Count(1, duplicates: 40);
        for (var silo = 0; silo < 2; silo++)
        {
            await cluster.ReportAsync(silo);

            // Nothing new, so nothing more is told.
            await cluster.ReportAsync(silo);
        }

        Assert.Equal(43, Assert.Single((await cluster.QualityAsync()).Feeds).Duplicates);

        await cluster.KillAsync(hasZone: false);
        cluster.Count(0, duplicates: 100);
        await cluster.ReportAsync(0);
        Assert.Equal(143, Assert.Single((await cluster.QualityAsync()).Feeds).Duplicates);
    }

    [Fact]
    public async Task Report_StoreAway_IsTakenAllTheSame()
    {
        await using var cluster = await ZoneCluster.StartAsync(1, new MemoryZoneStore { Away = true });
        cluster.Count(0, duplicates: 3);
        await cluster.ReportAsync(0);

        var quality = await cluster.QualityAsync();

        Assert.Equal((3, false), (Assert.Single(quality.Feeds).Duplicates, quality.IsFromHistory));
    }
}
