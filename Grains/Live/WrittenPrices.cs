using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Live;

/// <summary>
/// The days of each series in which this silo has made prices durable, gathered until they are told. Bounded: days are
/// few, and a series of very many of them is told as one range.
/// </summary>
internal sealed class WrittenPrices
{
    /// <summary>Days of one series that are kept apart, eleven years.</summary>
    private const int MostDays = 4_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(MarketZone Zone, PriceType Type), Days> _series = [];

    /// <summary>Takes note of prices that are in the history.</summary>
    public void Add(ReadOnlySpan<PriceTick> ticks)
    {
        // Neighbours are mostly of one series and day, so that most prices cost a comparison.
        (MarketZone Zone, PriceType Type, int Day) noted = default;
        lock (_gate)
        {
            foreach (ref readonly var tick in ticks)
            {
                var of = (tick.MarketZone, tick.PriceType, (int)(tick.Timestamp.UtcTicks / TimeSpan.TicksPerDay));
                if (of == noted) continue;
                noted = of;
                Series(noted.Zone, noted.Type).Add(noted.Day);
            }
        }
    }

    /// <summary>What has been written since this was asked last; neighbouring days are one range.</summary>
    public WrittenDays[] Take()
    {
        lock (_gate)
        {
            if (_series.Count == 0) return [];

            var written = new List<WrittenDays>(_series.Count);
            foreach (var ((zone, type), days) in _series)
                written.AddRange(days.Ranges().Select(range => new WrittenDays(zone, type, DateOnly.FromDayNumber(range.First), DateOnly.FromDayNumber(range.Last))));
            _series.Clear();
            return [.. written];
        }
    }

    private Days Series(MarketZone zone, PriceType type)
    {
        if (!_series.TryGetValue((zone, type), out var days)) _series.Add((zone, type), days = new Days());
        return days;
    }

    private sealed class Days
    {
        private readonly SortedSet<int> _days = [];

        // What did not fit, in one range; empty as long as all did.
        private int _first = int.MaxValue;
        private int _last = int.MinValue;

        public void Add(int day)
        {
            if (!_days.Add(day) || _days.Count <= MostDays) return;
            var (first, last) = (_days.Min, _days.Max);
            _days.Clear();
            (_first, _last) = (Math.Min(_first, first), Math.Max(_last, last));
        }

        public IEnumerable<(int First, int Last)> Ranges()
        {
            if (_first <= _last) yield return (_first, _last);

            (int First, int Last)? open = null;
            foreach (var day in _days)
            {
                if (open is { } range && range.Last + 1 < day)
                {
                    yield return range;
                    open = null;
                }

                open = (open?.First ?? day, day);
            }

            if (open is { } last) yield return last;
        }
    }
}
