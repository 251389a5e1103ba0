using OptiBid.Grains.Interfaces;
using OptiBid.History;
using OptiBid.History.Buckets;

namespace OptiBid.Gateway.Analytics;

/// <summary>An operating day of a market: from one midnight of its clock to the next, so of 23, 24 or 25 hours.</summary>
/// <param name="Date">The day by the market's clock.</param>
/// <param name="Start">Its first instant, UTC.</param>
/// <param name="End">The first instant of the next day, UTC.</param>
internal readonly record struct MarketDay(DateOnly Date, DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>How many hours it has.</summary>
    public int Hours => (int)(End - Start).TotalHours;

    /// <summary>The days that begin from one instant (inclusive) to another (exclusive), in order.</summary>
    public static IEnumerable<MarketDay> Beginning(MarketZone zone, DateTimeOffset from, DateTimeOffset until)
    {
        var clock = MarketClocks.Of(zone);
        var calendar = new BucketCalendar(clock, new BucketLength(1, BucketUnit.Day));
        foreach (var start in calendar.Starts(from, until))
            yield return new MarketDay(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, clock).DateTime), start, calendar.Next(start));
    }
}
