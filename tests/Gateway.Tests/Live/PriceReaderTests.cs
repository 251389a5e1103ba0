using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using FsCheck;
using FsCheck.Xunit;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Locations;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Live;

public class PriceReaderTests
{
    internal static LivePrices Table(int capacity = 65_536) => new(new LocationCatalog(), Instruments(), capacity);

    internal static LiveInstruments Instruments() =>
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    /// <summary>
    /// A script of bytes: 0 takes, anything else offers a price of one of 5 locations at one of 12 intervals and 4 revisions,
    /// also older than what is shown. The journal is tiny, so that the reader is overtaken again and again.
    /// </summary>
    [Property(MaxTest = 500)]
    public void TakeNewest_AnyMixOfOffersAndTakes_GivesAnOrderedSubsequenceThatEndsWithTheNewest(byte[] script, PositiveInt capacity)
    {
        var prices = Table(1 + capacity.Get % 16);
        var reader = new PriceReader(prices, new PriceFilter(ZoneSet.All));
        var accepted = new Dictionary<string, List<PriceUpdate>>();
        var taken = new Dictionary<string, List<PriceUpdate>>();
        var passed = 0;

        foreach (var step in script)
        {
            if (step % 8 == 0) Take();
            else Offer(step);
        }

        Take();
        foreach (var (location, all) in accepted)
        {
            var seen = taken[location];
            Assert.Equal(all[^1], seen[^1]);
            Assert.Equal(seen, all.Where(seen.Contains));
            for (var i = 1; i < seen.Count; i++) Assert.True(seen[i].Supersedes(seen[i - 1]));
        }

        Assert.True(passed <= accepted.Values.Sum(all => all.Count) - taken.Values.Sum(seen => seen.Count));

        void Offer(byte step)
        {
            var update = Ticks.Update("L" + step % 5, step, step % 12, revision: 1 + step / 64);
            if (prices.Accept([update]) == 0) return;
            if (!accepted.TryGetValue(update.Tick.Location, out var all)) accepted[update.Tick.Location] = all = [];
            all.Add(update);
        }

        void Take()
        {
            var into = new List<LivePrice>();
            passed += reader.TakeNewest(into);
            Assert.Equal(into.Count, into.Select(price => price.Place.Id).Distinct().Count());
            foreach (var price in into)
            {
                if (!taken.TryGetValue(price.Place.Id.Location, out var seen)) taken[price.Place.Id.Location] = seen = [];
                seen.Add(price.Update);
            }
        }
    }

    [Property(MaxTest = 300)]
    public void TakeEvery_JournalReachesBack_GivesExactlyWhatGotIn(byte[] script)
    {
        var prices = Table();
        var reader = new PriceReader(prices, new PriceFilter(ZoneSet.All));
        var accepted = new List<PriceUpdate>();
        var taken = new List<LivePrice>();
        foreach (var step in script)
        {
            var update = Ticks.Update("L" + step % 5, step, step % 12);
            if (prices.Accept([update]) == 1) accepted.Add(update);
            if (step % 4 == 0) Assert.Equal(0, reader.TakeEvery(taken, taken.Count + 3));
        }

        while (taken.Count < accepted.Count) Assert.Equal(0, reader.TakeEvery(taken, taken.Count + 3));
        Assert.Equal(accepted, taken.Select(price => price.Update));
    }

    [Fact]
    public void TakeEvery_JournalOverrun_GoesOnWithTheNewestAndCountsTheRest()
    {
        var prices = Table(capacity: 16);
        var reader = new PriceReader(prices, new PriceFilter(ZoneSet.All));
        for (var i = 0; i < 100; i++) prices.Accept([Ticks.Update("L" + i % 2, i, i)]);

        var taken = new List<LivePrice>();
        var missed = reader.TakeEvery(taken, 1_000);

        Assert.Equal([98.0, 99.0], taken.Select(price => price.Update.Tick.Price));
        Assert.Equal(98, missed);
    }

    [Fact]
    public void TakeNewest_OutsideTheFilter_TakesAndCountsNothing()
    {
        var prices = Table();
        var reader = new PriceReader(prices, new PriceFilter(
            ZoneSet.None.With(MarketZone.PJM), [new LocationId(MarketZone.PJM, "A")], [PriceType.RealTime5Min]));
        prices.Accept(
        [
            Ticks.Update("A"), Ticks.Update("A", interval: 1), Ticks.Update("B"), Ticks.Update("A", zone: MarketZone.ERCOT), Ticks.Update("A", type: PriceType.DayAheadHourly),
        ]);

        var taken = new List<LivePrice>();
        Assert.Equal(1, reader.TakeNewest(taken));
        Assert.Equal(Ticks.Update("A", interval: 1), Assert.Single(taken).Update);
    }

    [Fact]
    public async Task TakeNewest_WhileWritersWrite_NeverGoesBackAndEndsWithTheNewest()
    {
        const int Locations = 20, Intervals = 3_000;
        var prices = Table(capacity: 512);
        var failures = new ConcurrentQueue<string>();
        using var written = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var reader = new PriceReader(prices, new PriceFilter(ZoneSet.All));
            var seen = new Dictionary<string, PriceUpdate>();
            var into = new List<LivePrice>();
            for (var last = false; ;)
            {
                into.Clear();
                reader.TakeNewest(into);
                foreach (var price in into)
                {
                    if (seen.TryGetValue(price.Place.Id.Location, out var shown) && !price.Update.Supersedes(shown)) failures.Enqueue($"{price.Update} after {shown}");
                    seen[price.Place.Id.Location] = price.Update;
                }

                if (last) return seen;
                last = written.IsCancellationRequested;
            }
        })).ToArray();

        // Two writers offer the same intervals in different order, as a snapshot and updates would.
        await Task.WhenAll(
            Task.Run(() => Write(Enumerable.Range(0, Intervals)), TestContext.Current.CancellationToken),
            Task.Run(() => Write(Enumerable.Range(0, Intervals).Chunk(50).SelectMany(chunk => chunk.Reverse())), TestContext.Current.CancellationToken));
        await written.CancelAsync();

        foreach (var seen in await Task.WhenAll(readers))
        {
            Assert.Equal(Locations, seen.Count);
            Assert.All(seen.Values, last => Assert.Equal(Ticks.Noon.AddMinutes(5 * (Intervals - 1)), last.Tick.Timestamp));
        }

        Assert.Empty(failures);

        void Write(IEnumerable<int> intervals)
        {
            foreach (var interval in intervals)
                prices.Accept([.. Enumerable.Range(0, Locations).Select(location => Ticks.Update("L" + location, interval, interval))]);
        }
    }

    [Fact]
    public async Task TakeEvery_AfterASnapshotTakenWhileAWriterWrites_NeverGoesBackAndRepeatsNothing()
    {
        const int Locations = 500, Intervals = 400;
        var prices = Table(capacity: 2 * Locations * Intervals);
        prices.Accept([.. Enumerable.Range(0, Locations).Select(location => Ticks.Update("L" + location))]);
        var failures = new ConcurrentQueue<string>();
        using var written = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            for (var last = false; ; last = written.IsCancellationRequested)
            {
                var reader = new PriceReader(prices, new PriceFilter(ZoneSet.All));
                var seen = reader.TakeSnapshot().ToDictionary(price => price.Place, price => price.Update);
                var into = new List<LivePrice>();
                var missed = reader.TakeEvery(into, int.MaxValue);
                foreach (var price in into)
                {
                    if (missed > 0 || !price.Update.Supersedes(seen[price.Place])) failures.Enqueue($"{price.Update} after {seen[price.Place]}");
                    seen[price.Place] = price.Update;
                }

                if (last) return seen;
            }
        });

        for (var interval = 1; interval < Intervals; interval++)
        {
            // The last first: what a snapshot meets at its end has moved since it began.
            foreach (var location in Enumerable.Range(0, Locations).Reverse()) prices.Accept([Ticks.Update("L" + location, interval, interval)]);
        }

        await written.CancelAsync();
        Assert.All((await reading).Values, last => Assert.Equal(Intervals - 1, last.Tick.Price));
        Assert.Empty(failures);
    }
}
