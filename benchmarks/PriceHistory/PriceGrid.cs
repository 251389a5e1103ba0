using OptiBid.Grains.Interfaces;

namespace OptiBid.Benchmarks.PriceHistory;

/// <summary>Five-minute prices of one zone as they come: every location of an interval, then the next interval.</summary>
internal sealed class PriceGrid(int locations)
{
    public const MarketZone Zone = MarketZone.PJM;

    /// <summary>A Monday in winter, so that each of its days has 24 hours.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 5, 0, 0, TimeSpan.Zero);

    private readonly string[] _names = [.. Enumerable.Range(0, locations).Select(i => $"{1_000_000 + (i * 37)}")];

    public string Name(int location) => _names[location];

    /// <summary>Row by number: the same number is always the same price.</summary>
    public PriceTick Row(long number)
    {
        var (interval, place) = (number / locations, (int)(number % locations));
        var start = Start.AddMinutes(5 * interval);
        var price = Math.Round(30 + (20 * Math.Sin(interval / 45.0)) + (place % 97 / 10.0) + (number * 2_654_435_761 % 1_000 / 250.0), 2);
        return new PriceTick
        {
            MarketZone = Zone,
            Location = _names[place],
            PriceType = PriceType.RealTime5Min,
            Timestamp = start,
            IntervalMinutes = 5,
            Price = price,
            EnergyCost = Math.Round(price * 0.9, 2),
            CongestionCost = Math.Round(price * 0.07, 2),
            LossCost = Math.Round(price * 0.03, 2),
            RenewablePercentage = 31.5,
            LoadForecast = 92_000 + (interval % 288),
            PublishedAt = start.AddMinutes(1),
            Sequence = number,
            Source = "pjm:rt_unverified_fivemin_lmps",
        };
    }

    /// <summary>Rows of a range of numbers in batches.</summary>
    public IEnumerable<PriceTick[]> Batches(long from, long to, int size)
    {
        for (var start = from; start < to; start += size)
        {
            var batch = new PriceTick[Math.Min(size, to - start)];
            for (var i = 0; i < batch.Length; i++) batch[i] = Row(start + i);
            yield return batch;
        }
    }
}
