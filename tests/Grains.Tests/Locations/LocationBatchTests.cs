using OptiBid.Grains.Locations;

namespace OptiBid.Grains.Tests.Locations;

public sealed class LocationBatchTests
{
    [Fact]
    public void Group_MixedLocations_KeepsEachLocationsOrder()
    {
        var random = new Random(3);
        var ticks = Enumerable.Range(0, 1_000).Select(i => Prices.Tick(i, i, location: random.Next(37).ToString())).ToArray();

        var batch = LocationBatch.Group(ticks);

        Assert.Equal(37, batch.Locations.Count);
        foreach (var (start, count) in batch.Locations)
        {
            var mine = batch.Ticks[start..(start + count)];
            Assert.Equal(ticks.Where(tick => tick.Location == mine[0].Location), mine);
        }
    }
}
