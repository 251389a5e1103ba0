using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Volatility;

namespace OptiBid.Grains.Locations;

/// <summary>
/// All that one location knows: a series and the newest price for each price type. Plain state and rules: no
/// clock, no I/O, no Orleans.
/// </summary>
internal sealed class LocationBook
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly PriceSeries?[] _series = new PriceSeries?[PriceTypes.All.Count];
    private readonly PriceUpdate[] _newest = new PriceUpdate[PriceTypes.All.Count];

    public bool IsEmpty => Array.TrueForAll(_series, static series => series is null);

    /// <summary>The newest price of each price type there is.</summary>
    public PriceUpdate[] Newest()
    {
        var count = _series.Count(static series => series is not null);
        var newest = new PriceUpdate[count];
        for (int i = 0, next = 0; i < _series.Length; i++)
        {
            if (_series[i] is not null) newest[next++] = _newest[i];
        }

        return newest;
    }

    /// <summary>
    /// Applies ticks in the order given, writing each one's revision into it and how it was taken into
    /// <paramref name="kinds"/>.
    /// </summary>
    /// <returns>Bit mask of the price types whose newest price moved or was revised (bit 0 is the first type).</returns>
    public int Apply(Span<PriceTick> ticks, Span<TickKind> kinds)
    {
        var moved = 0;
        for (var i = 0; i < ticks.Length; i++)
        {
            var type = (int)ticks[i].PriceType - 1;
            kinds[i] = SeriesFor(type).Apply(PriceInterval.From(ticks[i]), out var revision);
            if (revision != ticks[i].Revision) ticks[i] = ticks[i] with { Revision = revision };

            if (kinds[i] == TickKind.New || kinds[i] == TickKind.Revised && ticks[i].Timestamp == _newest[type].Tick.Timestamp)
            {
                _newest[type] = _newest[type] with { Tick = ticks[i] };
                moved |= 1 << type;
            }
        }

        // A turn shows its last word: the statistics are worked out once, however many ticks it had.
        for (var type = 0; type < _series.Length; type++)
        {
            if ((moved & (1 << type)) != 0) Measure(type);
        }

        return moved;
    }

    /// <summary>The newest price of the type at a bit of <see cref="Apply"/>'s mask.</summary>
    public ref readonly PriceUpdate NewestAt(int bit) => ref _newest[bit];

    /// <summary>The series at a bit, for saving; null when there is none.</summary>
    public PriceSeries? SeriesAt(int bit) => _series[bit];

    /// <summary>
    /// Takes in all that a later book has learnt, for when the past was read after the present had begun. What the
    /// later book has told the world is out: where another value of that interval stands, its revision is the higher.
    /// </summary>
    /// <returns>Bit mask of the price types whose newest price supersedes the one the later book has told.</returns>
    public int Absorb(LocationBook later)
    {
        var moved = 0;
        for (var type = 0; type < _series.Length; type++)
        {
            if (later._series[type] is not { } series) continue;

            var own = SeriesFor(type);
            var (kind, revision) = (default(TickKind), 0);
            foreach (ref readonly var interval in series.Intervals) kind = own.Apply(interval, out revision);

            // The last interval is that of the newest price.
            var told = later._newest[type];
            if (kind == TickKind.New || kind == TickKind.Revised && told.Tick.Timestamp == _newest[type].Tick.Timestamp)
                _newest[type] = told with { Tick = told.Tick with { Revision = revision } };
            else if (told.Tick.Timestamp == _newest[type].Tick.Timestamp)
                RaiseNewest(type, kind == TickKind.Superseded ? Math.Min(told.Tick.Revision, int.MaxValue - 1) + 1 : told.Tick.Revision);

            Measure(type);
            if (_newest[type].Supersedes(told)) moved |= 1 << type;
        }

        return moved;
    }

    /// <summary>Puts a saved series in place. Only for an empty book.</summary>
    public void Load(int bit, PriceSeries series, in PriceUpdate newest)
    {
        _series[bit] = series;
        _newest[bit] = newest;
        Measure(bit);
    }

    private void RaiseNewest(int type, int revision)
    {
        if (_newest[type].Tick.Revision >= revision) return;

        _series[type]!.RaiseNewest(revision);
        _newest[type] = _newest[type] with { Tick = _newest[type].Tick with { Revision = revision } };
    }

    private PriceSeries SeriesFor(int type) =>
        _series[type] ??= PriceSeries.Of((PriceType)(type + 1));

    private void Measure(int type)
    {
        var series = _series[type]!;
        _newest[type] = _newest[type] with
        {
            Change = series.Change is { } change ? PriceChange.Shown(change) : null,
            Volatility1h = series.Volatility(Hour),
            Volatility24h = series.Volatility(Day),
            VolatilityEwma = series.EwmaVolatility,
        };
    }
}
