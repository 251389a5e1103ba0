using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Pjm;

public sealed class PjmCorrectionTests : MarketTest
{
    private const string Verified = "pjm:rt_fivemin_hrl_lmps";

    protected override MarketZone Zone => MarketZone.PJM;

    [Theory]
    [InlineData("2026-11-20T05:00:00")]
    [InlineData("2026-11-21T04:55:00")]
    [InlineData("2026-11-01T05:30:00")]
    public async Task VerifiedPrice_OfTheSameInterval_IsPublishedAfterTheLiveOne(string utc)
    {
        Market.On("/rt_unverified_fivemin_lmps", PjmRow.Envelope(PjmRow.Price(utc, total: "30")))
            .On("/rt_fivemin_hrl_lmps", PjmRow.Envelope(PjmRow.Price(utc, total: "31", version: 2), PjmRow.Price(utc, total: "30.5")));

        var live = Assert.Single(await TicksAsync(Feed("pjm:rt_unverified_fivemin_lmps")));
        var feed = Another(Verified);
        var verified = await TicksAsync(feed);

        Assert.Equal(FeedKind.Corrections, feed.Kind);
        Assert.Equal([30.5, 31], verified.Select(tick => tick.Price));
        Assert.All(verified, tick => Assert.Equal((live.LocationId, live.Timestamp, live.PriceType), (tick.LocationId, tick.Timestamp, tick.PriceType)));
        Assert.True(verified[0].IsPublishedAfter(live) && verified[1].IsPublishedAfter(verified[0]));
        // Not so far ahead that grains refuse it, even when PJM posts at once.
        Assert.InRange(verified[1].PublishedAt - verified[1].Timestamp, TimeSpan.Zero, TimeSpan.FromHours(25));
    }

    [Fact]
    public async Task VerifiedDay_ThatIsBeingFilled_IsReadAgain()
    {
        var cursor = Utc(2026, 11, 20, 5);
        Market.On("/rt_fivemin_hrl_lmps", PjmRow.Envelope(PjmRow.Price("2026-11-20T05:00:00"), PjmRow.Price("2026-11-20T11:55:00")));
        var feed = Feed(Verified);

        var partial = await ReadAsync(feed, cursor);
        Market.On("/rt_fivemin_hrl_lmps", PjmRow.Envelope(PjmRow.Price("2026-11-20T05:00:00"), PjmRow.Price("2026-11-21T04:55:00")));
        var whole = await ReadAsync(feed, cursor);

        Assert.Equal((cursor, Utc(2026, 11, 21, 5)), (partial[^1].Cursor, whole[^1].Cursor));
    }

    [Fact]
    public async Task VerifiedDay_AskedForByAClosedRange_IsReadToTheEndOfTheRange()
    {
        Market.On("/rt_fivemin_hrl_lmps", PjmRow.Envelope(PjmRow.Price("2026-11-20T05:00:00"), PjmRow.Price("2026-11-20T11:55:00")));
        var pages = new List<FeedPage>();

        await foreach (var page in Feed(Verified).FetchAsync(new FeedRange(Utc(2026, 11, 20, 5), Utc(2026, 11, 20, 12)), Cancel)) pages.Add(page);

        Assert.Equal(Utc(2026, 11, 20, 12), Assert.Single(pages).Cursor);
        Assert.Equal("11/20/2026 05:00to11/20/2026 11:55", Market.Requests.Single().Query["datetime_beginning_utc"]);
    }

    [Fact]
    public async Task Revised_AsksForLaterVersionsOfTenBusinessDaysAndNothingElse()
    {
        Market.On("/rt_hrl_lmps", PjmRow.Envelope(PjmRow.Price("2026-11-09T15:00:00", total: "40", version: 2)));
        var feed = Feed("pjm:rt_hrl_lmps_revised");
        var now = Clock.GetUtcNow();

        var pages = await ReadAsync(feed, now - feed.Reread.Span);

        Assert.Equal(TimeSpan.FromDays(16), feed.Reread.Span);
        Assert.All(Market.Requests, asked => Assert.Equal("2;3;4;5;6;7;8;9", asked.Query["version_nbr"]));
        Assert.Equal(3, Market.Requests.Count);
        // Its cursor says when it was read, or a quiet month would make it read a month.
        Assert.Equal(now, pages[^1].Cursor);
    }

    [Fact]
    public async Task Revised_TakesTheSamePlaceInTheOrderOfVersionsAsTheFeedItFollows()
    {
        Market.On("/rt_hrl_lmps", PjmRow.Envelope(PjmRow.Price("2026-11-09T15:00:00", total: "40", version: 2)));

        var first = (await TicksAsync(Feed("pjm:rt_hrl_lmps"))).First();
        var revised = (await TicksAsync(Another("pjm:rt_hrl_lmps_revised"))).First();

        Assert.Equal(first.PublishedAt, revised.PublishedAt);
    }

    [Fact]
    public async Task PricesInForceWhenNothingIsNamed_IncludeVerifiedOnes()
    {
        Market.On("/rt_fivemin_hrl_lmps", PjmRow.Envelope());

        Assert.Empty(await TicksAsync(Feed(Verified)));
    }
}
