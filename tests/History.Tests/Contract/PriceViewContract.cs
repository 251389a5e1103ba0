using System.Data.Common;

namespace OptiBid.History.Tests.Contract;

/// <summary>What the views for people with SQL show, of any store: the same columns and the same numbers.</summary>
public abstract class PriceViewContract : StoreContract
{
    private static readonly string[] Columns =
        ["market_zone", "location", "price_type", "bucket", "average", "min", "max", "first", "last", "standard_deviation", "data_points"];

    /// <summary>Opens a connection of the store's own kind, as somebody else would.</summary>
    protected abstract Task<DbConnection> ConnectAsync();

    [Theory]
    [InlineData("market_data_5min")]
    [InlineData("market_data_hour")]
    [InlineData("market_data_day")]
    public async Task View_OverBothChangesOfTheClock_ShowsWhatANaiveSumGives(string view)
    {
        var ticks = Prices();
        await Store.WriteAsync(ticks);
        await Store.WriteAsync(ticks[0] with { Price = 77, PublishedAt = ticks[0].PublishedAt.AddDays(1) });
        ticks[0] = ticks[0] with { Price = 77 };

        var (columns, rows) = await ReadAsync(view);

        Assert.Equal(Columns, columns);
        var naive = ticks
            .GroupBy(tick => (Zone: tick.MarketZone, tick.Location, tick.PriceType, Bucket: Start(view, tick)))
            .ToDictionary(bucket => bucket.Key, bucket => bucket.OrderBy(tick => tick.Timestamp).Select(tick => tick.Price).ToList());
        Assert.Equal(naive.Count, rows.Count);
        foreach (var (key, numbers) in rows)
        {
            var prices = naive[key];
            var average = prices.Average();
            double? deviation = prices.Count == 1 ? null : Math.Sqrt(prices.Sum(price => (price - average) * (price - average)) / (prices.Count - 1));
            Assert.Equal([average, prices.Min(), prices.Max(), prices[0], prices[^1], deviation, prices.Count], numbers, CloseTo);
        }

        if (view == "market_data_day")
        {
            Assert.Equal([46.0, 48.0, 50.0], rows.Where(row => row.Key.Zone == MarketZone.CAISO).Select(row => row.Numbers[6]!.Value).Distinct().Order());
            Assert.Equal([4.0, 6.0, 42.0, 44.0, 48.0], rows.Where(row => row.Key.Zone == MarketZone.MISO).Select(row => row.Numbers[6]!.Value).Distinct().Order());
        }
    }

    private static bool CloseTo(double? expected, double? actual) =>
        expected is { } one && actual is { } other ? Math.Abs(one - other) <= 1e-9 * Math.Max(1, Math.Abs(one)) : expected == actual;

    // Every half hour from one Pacific midnight to another, over the days of 23 and 25 hours: whole days there, parts of days elsewhere.
    private static PriceTick[] Prices()
    {
        DateTimeOffset[][] spans =
        [
            [new(2026, 3, 7, 8, 0, 0, TimeSpan.Zero), new(2026, 3, 10, 7, 0, 0, TimeSpan.Zero)],
            [new(2026, 10, 31, 7, 0, 0, TimeSpan.Zero), new(2026, 11, 3, 8, 0, 0, TimeSpan.Zero)],
        ];
        return [.. from span in spans
                   from half in Enumerable.Range(0, (int)((span[1] - span[0]).TotalMinutes / 30))
                   from zone in MarketZones.All
                   let time = span[0].AddMinutes(30 * half)
                   select Ticks.At(location: "é", zone: zone, price: Math.Round(Math.Sin(half * (int)zone) * 100, 2)) with { Timestamp = time, PublishedAt = time }];
    }

    private static DateTimeOffset Start(string view, PriceTick tick)
    {
        if (view != "market_data_day") return new(tick.Timestamp.Ticks - (tick.Timestamp.Ticks % TimeSpan.FromMinutes(view == "market_data_5min" ? 5 : 60).Ticks), TimeSpan.Zero);

        var clock = MarketClocks.Of(tick.MarketZone);
        var midnight = TimeZoneInfo.ConvertTime(tick.Timestamp, clock).Date;
        return new DateTimeOffset(midnight, clock.GetUtcOffset(midnight)).ToUniversalTime();
    }

    private async Task<(string[] Columns, List<((MarketZone Zone, string Location, PriceType PriceType, DateTimeOffset Bucket) Key, double?[] Numbers)> Rows)> ReadAsync(string view)
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"select * from {view}";
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        var rows = new List<((MarketZone, string, PriceType, DateTimeOffset), double?[])>();
        while (await reader.ReadAsync(Cancel))
        {
            var zone = MarketZones.All.Single(zone => zone.Name() == reader.GetString(0));
            var type = PriceTypes.All.Single(type => type.Name() == reader.GetString(2));
            var bucket = new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(3), DateTimeKind.Utc));
            rows.Add(((zone, reader.GetString(1), type, bucket), [.. Enumerable.Range(4, 7).Select(i =>
                reader.IsDBNull(i) ? (double?)null : Convert.ToDouble(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))]));
        }

        return (columns, rows);
    }
}
