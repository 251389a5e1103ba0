using System.Diagnostics.Metrics;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Locations;

namespace OptiBid.Grains.Tests.Locations;

public sealed class LocationTurnsTests
{
    [Fact]
    public async Task Apply_FirstByCallThenByScheduler_GivesTheSameAnswer()
    {
        await using var cluster = await LocationCluster.StartAsync();
        var turns = cluster.Service<LocationTurns>();
        var ways = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "optibid.location.turns") self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            var way = (string)tags[0].Value!;
            lock (ways) ways[way] = ways.GetValueOrDefault(way) + count;
        });
        listener.Start();

        var newest = new List<PriceUpdate>();
        for (var i = 0; i < 3; i++)
        {
            newest.Clear();
            var batch = LocationBatch.Group([.. Enumerable.Range(0, 100).Select(n => Prices.Tick(i - 9, n + i, location: $"n{n}"))]);
            await turns.ApplyAsync(batch, newest, []);
            Assert.All(batch.Kinds, kind => Assert.Equal(TickKind.New, kind));
            Assert.All(batch.Ticks, tick => Assert.Equal(1, tick.Revision));
            Assert.Equal(Enumerable.Range(0, 100).Select(n => (double)n + i), newest.Select(update => update.Tick.Price).Order());
        }

        Assert.Equal(100, ways["call"]);
        Assert.Equal(200, ways["scheduler"]);
    }

    [Fact]
    public async Task Apply_ActivationGoneMeanwhile_ReachesItsSuccessor()
    {
        await using var cluster = await LocationCluster.StartAsync();
        var turns = cluster.Service<LocationTurns>();
        await turns.ApplyAsync(LocationBatch.Group([Prices.Tick(-2, 30)]), [], []);
        var active = cluster.Service<ActiveLocations>();
        var id = new LocationId(MarketZone.PJM, "51288");
        var gone = await cluster.DeactivateAsync();
        Assert.False(gone.IsActive);
        Assert.False(active.TryGet(id, out _));
        // As the router would hold it when the activation has just begun to go.
        active.Add(id, gone);

        var newest = new List<PriceUpdate>();
        await turns.ApplyAsync(LocationBatch.Group([Prices.Tick(-1, 31)]), newest, []);

        Assert.Equal(31, Assert.Single(newest).Tick.Price);
        Assert.True(active.TryGet(id, out var successor));
        Assert.NotSame(gone, successor);
        Assert.Equal(31, Assert.Single((await cluster.Location().GetNewestAsync()).Value).Tick.Price);
    }
}
