using Microsoft.Extensions.Time.Testing;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Simulation;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Simulation;

public sealed class SimulatedFeedTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 17, 27, 13, TimeSpan.Zero));

    private SimulatedFeed Feed(MarketZone zone, PriceType type, int locations = 40) => new(new SimulatedMarket(zone, 1, locations), type, _clock);

    private static async Task<List<FeedPage>> ReadAsync(IMarketFeed feed, DateTimeOffset cursor)
    {
        var pages = new List<FeedPage>();
        await foreach (var page in feed.FetchAsync(new FeedRange(cursor), TestContext.Current.CancellationToken)) pages.Add(page);
        return pages;
    }

    [Theory]
    [InlineData(MarketZone.PJM, PriceType.RealTime5Min)]
    [InlineData(MarketZone.ERCOT, PriceType.RealTime5Min)]
    [InlineData(MarketZone.ERCOT, PriceType.RealTime15Min)]
    public async Task FetchAsync_FirstRun_GivesADayInOrderAndNothingFromTheFuture(MarketZone zone, PriceType type)
    {
        var feed = Feed(zone, type);
        var now = _clock.GetUtcNow();

        var pages = await ReadAsync(feed, now - feed.Lookback);

        var ticks = pages.SelectMany(page => page.Ticks).ToArray();
        Assert.Equal(40 * 24 * 60 / type.IntervalMinutes(), ticks.Length);
        Assert.All(ticks, tick => Assert.True(tick.PublishedAt <= now && tick.Timestamp <= tick.PublishedAt));
        Assert.All(ticks.GroupBy(tick => tick.Location), place => Assert.Equal(place.OrderBy(tick => tick.Timestamp), place));
        Assert.Equal(ticks.Length, ticks.Select(tick => (tick.Location, tick.Timestamp)).Distinct().Count());
        Assert.Equal(40, pages[0].Locations.Count);
    }

    [Theory]
    [InlineData(PriceType.RealTime5Min)]
    [InlineData(PriceType.RealTime15Min)]
    public async Task FetchAsync_PolledEachSecond_GivesEachTickOnceAndTheSameAsInOneGo(PriceType type)
    {
        var start = _clock.GetUtcNow();
        var cursor = start;
        var polled = new List<PriceTick>();
        var longestSilence = 0;
        var market = new SimulatedMarket(MarketZone.ERCOT, 1, 40);
        for (int second = 1, last = 0; second <= 1800; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            // A new feed each time, and a new market, which takes longer to make, twice a minute: what a restart between two polls would be.
            if (second % 30 == 0) market = new SimulatedMarket(MarketZone.ERCOT, 1, 40);
            foreach (var page in await ReadAsync(new SimulatedFeed(market, type, _clock), cursor))
            {
                Assert.True(page.Cursor >= cursor);
                cursor = page.Cursor;
                polled.AddRange(page.Ticks);
                if (page.Ticks.Length == 0) continue;
                longestSilence = Math.Max(longestSilence, second - last);
                last = second;
            }
        }

        var atOnce = (await ReadAsync(Feed(MarketZone.ERCOT, type), start)).SelectMany(page => page.Ticks);
        Assert.Equal(atOnce, polled);
        Assert.Equal(40 * 30 / type.IntervalMinutes(), polled.Count);
        if (type == PriceType.RealTime5Min) Assert.InRange(longestSilence, 1, 20);
    }

    [Fact]
    public async Task FetchAsync_ManyTicks_ComeInPagesAfterEachOfWhichTheCursorMayRest()
    {
        var feed = Feed(MarketZone.PJM, PriceType.RealTime5Min, locations: 300);
        var from = _clock.GetUtcNow().AddHours(-10);

        var pages = await ReadAsync(feed, from);
        var whole = pages.SelectMany(page => page.Ticks).ToArray();

        Assert.True(pages.Count > 3);
        for (var taken = 1; taken < pages.Count; taken++)
        {
            var rest = await ReadAsync(feed, pages[taken - 1].Cursor);
            Assert.Equal(whole, pages.Take(taken).Concat(rest).SelectMany(page => page.Ticks));
        }
    }

    [Theory]
    [InlineData(PriceType.RealTime5Min)]
    [InlineData(PriceType.DayAheadHourly)]
    public async Task FetchAsync_ClosedRange_GivesItsIntervalsAndNoOther(PriceType type)
    {
        var feed = Feed(MarketZone.PJM, type, locations: 300);
        var (from, to) = (_clock.GetUtcNow().AddDays(-40), _clock.GetUtcNow().AddDays(-39));

        var pages = new List<FeedPage>();
        await foreach (var page in feed.FetchAsync(new FeedRange(from, to), TestContext.Current.CancellationToken)) pages.Add(page);

        var ticks = pages.SelectMany(page => page.Ticks).ToArray();
        Assert.Equal(300 * 24 * 60 / type.IntervalMinutes(), ticks.Select(tick => (tick.Location, tick.Timestamp)).Distinct().Count());
        Assert.All(ticks, tick => Assert.True(tick.Timestamp >= from && tick.Timestamp < to));
        Assert.All(pages, page => Assert.InRange(page.Ticks.Length, 1, 10_000));
    }

    [Theory]
    [InlineData("2026-11-22T17:59:00Z", 24)] // 12:59 EST: today
    [InlineData("2026-11-22T18:00:00Z", 48)] // 13:00 EST: and tomorrow
    [InlineData("2026-11-02T04:00:00Z", 49)] // the evening of the 25-hour day
    public async Task FetchAsync_DayAhead_GivesTodayAndAfterOneTomorrow(string now, int hours)
    {
        _clock.AdjustTime(DateTimeOffset.Parse(now));
        var feed = Feed(MarketZone.PJM, PriceType.DayAheadHourly, locations: 3);

        var ticks = (await ReadAsync(feed, _clock.GetUtcNow() - feed.Lookback)).SelectMany(page => page.Ticks).ToArray();

        var today = new DateTimeOffset(_clock.GetUtcNow().AddHours(-5).Date, TimeSpan.Zero);
        Assert.Equal(hours, ticks.Where(tick => tick.Timestamp >= today.AddHours(now.Contains("11-02") ? 4 : 5)).Select(tick => tick.Timestamp).Distinct().Count());
        Assert.Empty((await ReadAsync(feed, _clock.GetUtcNow())).SelectMany(page => page.Ticks));
    }
}
