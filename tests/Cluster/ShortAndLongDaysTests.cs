using System.Globalization;
using OptiBid.Grains.Interfaces;
using OptiBid.ProductProcess;

namespace OptiBid.Cluster.Tests;

/// <summary>
/// The days of 23 and 25 hours of each market, asked for over REST as ranges of the past, read in the market's own labels, and found
/// in <c>/api/v1/prices/history</c>: each interval once, one after the other in UTC, with the value published.
/// </summary>
public sealed class ShortAndLongDaysTests
{
    private static readonly Dictionary<MarketZone, (string Clock, string Hourly, string FiveMinute)> Markets = new()
    {
        [MarketZone.PJM] = ("America/New_York", "da_hrl_lmps", "rt_fivemin_hrl_lmps"),
        [MarketZone.CAISO] = ("America/Los_Angeles", "PRC_LMP", "PRC_INTVL_LMP"),
        [MarketZone.ERCOT] = ("America/Chicago", "np4-190-cd", "np6-788-cd"),
        [MarketZone.NYISO] = ("America/New_York", "damlbmp_zone", "realtime_zone"),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task History_DaysTheClocksChange_HasEachIntervalOnce()
    {
        await using var markets = await ServedMarkets.StartAsync(Cancel, "--locations", "2", "--seed", "5");
        await using var product = await EmbeddedProduct.StartAsync(
            Markets.SelectMany(market => markets.Settings(market.Key, market.Value.Hourly, market.Value.FiveMinute).Append(($"Connectors__{market.Key}__Http__CallsPerMinute", "6000"))), Cancel);

        foreach (var (zone, (clock, hourly, fiveMinute)) in Markets)
        {
            foreach (var day in new[] { "2026-03-08", "2026-11-01" })
            {
                var (start, end) = Day(day, clock);
                foreach (var feed in new[] { hourly, fiveMinute }) await product.Http.BackfillAsync(zone, feed, start, end, Cancel);
            }
        }

        foreach (var (zone, (clock, _, _)) in Markets)
        {
            foreach (var (day, hours) in new[] { ("2026-03-08", 23), ("2026-11-01", 25) })
            {
                var (start, end) = Day(day, clock);
                Assert.Equal(hours, (end - start).TotalHours);
                await HasAsync(markets, product, zone, PriceType.DayAheadHourly, start, intervals: hours, TimeSpan.FromHours(1));
                await HasAsync(markets, product, zone, PriceType.RealTime5Min, start, intervals: 12 * hours, TimeSpan.FromMinutes(5));
            }
        }
    }

    /// <summary>The history of a place has these intervals and no other of that day, with the values published.</summary>
    private static async Task HasAsync(ServedMarkets markets, EmbeddedProduct product, MarketZone zone, PriceType type, DateTimeOffset start, int intervals, TimeSpan step)
    {
        var end = start + intervals * step;
        var published = await markets.PublishedAsync(start, end, $"&zone={zone}&price_type={type.Name()}", Cancel);
        var place = published.Select(price => price.Key.Location).Order().First();
        List<HistoryPrice> history = [];
        await Eventually.TrueAsync(
            async () => (history = [.. (await product.Http.HistoryAsync([(zone.Name(), place)], start, end, Cancel)).Where(row => row.Key.Type == type.Name())]).Count >= intervals,
            TimeSpan.FromSeconds(90), () => $"{history.Count} of {intervals} intervals of {zone} {type} from {start:u}:\n{product.Output}", Cancel);

        Assert.Equal(Enumerable.Range(0, intervals).Select(i => start + i * step), history.Select(row => row.Key.Start).Order());
        var values = published.Where(price => price.Key.Location == place).ToDictionary(price => price.Key, price => price.Price);
        Assert.All(history, row => Assert.Equal(values[row.Key], row.Price, 6));
    }

    /// <summary>A day on a market's clock; none of these begins or ends in the hour that changes.</summary>
    private static (DateTimeOffset Start, DateTimeOffset End) Day(string day, string clock)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(clock);
        var midnight = DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return (new(TimeZoneInfo.ConvertTimeToUtc(midnight, zone)), new(TimeZoneInfo.ConvertTimeToUtc(midnight.AddDays(1), zone)));
    }
}
