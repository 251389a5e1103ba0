using OptiBid.Connectors.Pjm;

namespace OptiBid.Connectors.Tests.Pjm;

/// <summary>What all feeds together ask of PJM for the whole zone, against six calls a minute.</summary>
public sealed class PjmCallBudgetTests
{
    private const int Pnodes = 13_549;
    private const int Days = 7;

    private static readonly DateTimeOffset Monday = new(2026, 11, 16, 5, 0, 0, TimeSpan.Zero);

    [Fact]
    public void AllFeeds_LeaveFourFifthsOfTheCallsToTheReadingOfThePast()
    {
        var hours = Days * 24;
        var all = PjmFeeds.All.Sum(feed => Polls(feed.Schedule.Next)) + PjmAreaFeeds.All.Sum(feed => Polls(feed.Schedule.Next)) + Polls(new PjmFuelFeed(Market).NextPoll) + Polls(new PjmPnodeFeed(Market, new PjmPlaces()).NextPoll);

        // A poll is a call; what does not fit on its page, and what is read again, comes on top.
        var live = Days * 24 * 4 * (Pages(7) - 1);
        var verified = Days * Pages(288);
        var hourly = Days * (Pages(24) + Pages(4 * 24));
        var dayAhead = Days * (Pages(24) + (4 * Pages(3 * 24)));
        var revised = Days * 2 * 2;
        var anHour = (all + live + verified + hourly + dayAhead + revised) / (double)hours;

        // The limiter lets a tenth of the minute go as its margin.
        Assert.InRange(anHour, 40, 0.2 * 6 * 60 * 0.9);
    }

    [Fact]
    public void LivePrices_AreAskedForAfterEveryInterval() =>
        Assert.Equal(Days * 288, Polls(PjmFeeds.LiveFiveMinute.Schedule.Next));

    [Fact]
    public void Revisions_AreLookedForOnceADayAndFarEnough()
    {
        Assert.Equal(Days, Polls(PjmFeeds.RevisedFiveMinute.Schedule.Next));
        // Ten business days from the Friday before a weekend and two holidays (Thanksgiving and the day after).
        Assert.True(PjmFeeds.RevisedFiveMinute.Reread.Span >= TimeSpan.FromDays(16));
    }

    private static Connectors.Markets.MarketContext Market => new() { Client = null!, Options = new(), Clock = TimeProvider.System };

    private static int Pages(int intervals) => (int)Math.Ceiling(intervals * (double)Pnodes / PjmPage.MostRows);

    private static int Polls(Func<DateTimeOffset, DateTimeOffset> next)
    {
        var count = 0;
        for (var at = next(Monday.AddTicks(-1)); at < Monday.AddDays(Days); at = next(at)) count++;
        return count;
    }
}
