using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Quality;
using OptiBid.Grains.Zones;

namespace OptiBid.Grains.Tests.Zones;

public sealed class ZoneTallyTests
{
    private static ZoneTallies Tallies() => new(Options.Create(new QualityOptions()), new FakeTimeProvider(Prices.Noon.AddHours(2)));

    private static Dictionary<(string, PriceType?, DateTimeOffset), FeedCounts> Sum(IEnumerable<FeedCounts> counts) =>
        counts.GroupBy(count => (count.Feed, count.PriceType, count.Hour)).ToDictionary(group => group.Key, group => group.Aggregate((one, other) => one + other));

    [Fact]
    public void Counts_AnySplitOverSilosAndReports_AddUpToTheWhole()
    {
        var tick = from interval in Gen.Choose(0, 30)
                   from feed in Gen.Elements("a", "b", null)
                   from kind in Gen.Choose(0, 5)
                   from loss in Gen.Elements<double?>(null, 0, 5)
                   select (Tick: Prices.Tick(interval, 30) with { Source = feed, EnergyCost = 30, CongestionCost = 0, LossCost = loss }, Kind: (TickKind)kind);
        Prop.ForAll(tick.ArrayOf().ToArbitrary(), ArbMap.Default.ArbFor<int>(), (batch, seed) =>
        {
            var (whole, silos, random, reports) = (Tallies(), new[] { Tallies(), Tallies() }, new Random(seed), new List<FeedCounts>());
            Add(whole, batch);
            foreach (var piece in batch.Chunk(5))
            {
                var silo = silos[random.Next(2)];
                Add(silo, piece);
                if (random.Next(2) == 0) reports.AddRange(silo.Take(MarketZone.PJM));
            }

            reports.AddRange(silos.SelectMany(silo => silo.Take(MarketZone.PJM)));
            Assert.Equal(Sum(whole.Take(MarketZone.PJM)), Sum(reports));
            Assert.Equal(batch.Count(each => each.Kind is TickKind.Duplicate or TickKind.Superseded), reports.Sum(count => count.Duplicates));
            Assert.Equal(batch.Count(each => each.Kind is TickKind.New or TickKind.Late), reports.Sum(count => count.First));
            Assert.Equal(batch.Count(each => each.Kind is TickKind.New or TickKind.Late or TickKind.Revised && each.Tick.LossCost is 5), reports.Sum(count => count.Mismatches));
        }).QuickCheckThrowOnFailure();

        static void Add(ZoneTallies tallies, (PriceTick Tick, TickKind Kind)[] ticks) =>
            tallies.Add([.. ticks.Select(each => each.Tick)], [.. ticks.Select(each => each.Kind)], []);
    }

    [Fact]
    public void Add_FeedsWithoutEndAndHoursLongGone_StaysBounded()
    {
        var tallies = Tallies();
        PriceTick[] ticks = [.. Enumerable.Range(0, 1_000).Select(i => Prices.Tick(0, 30) with { Source = $"made up {i}" }), Prices.Tick(-12 * 24 * 30, 30)];
        tallies.Add(ticks, [.. ticks.Select(_ => TickKind.New)], []);

        var counts = tallies.Take(MarketZone.PJM);

        Assert.Equal((FeedKey.Most + 1, 1_000), (counts.Length, counts.Sum(count => count.First)));
        Assert.Equal(1_000 - FeedKey.Most, counts.Single(count => count.Feed == FeedNames.Others).First);
    }

    [Fact]
    public void Reject_RecordReadAgain_IsCountedOnce()
    {
        var tallies = Tallies();
        foreach (var offset in (long[])[4, 7, 4, 7, 9]) tallies.Reject("market_data.pjm", 0, offset);
        tallies.Reject("market_data.pjm", 1, 4);
        tallies.Reject("elsewhere", 0, 1);

        var counts = Assert.Single(tallies.Take(MarketZone.PJM));
        Assert.Equal((FeedNames.Unreadable, 4, Prices.Noon.AddHours(2)), (counts.Feed, counts.Rejected, counts.Hour));
        Assert.Empty(tallies.Take(MarketZone.PJM));
    }
}
