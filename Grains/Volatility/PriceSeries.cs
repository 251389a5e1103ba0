using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Volatility;

/// <summary>
/// The last 24 hours of one location's price series (48 of a day-ahead one, which ends tomorrow), in interval order whatever
/// the order of arrival, and the rolling volatility of its price changes.
/// </summary>
/// <remarks>
/// <para>A <b>price change</b> is an interval's price minus the price of the interval just before, $/MWh. Where
/// that interval is missing there is no change: a step across a gap is not a step of one interval.
/// Differences, not log returns, because prices cross zero.</para>
/// <para><b>Window volatility</b> is the sample standard deviation (n − 1) of the changes of intervals that start
/// in (newest − window, newest]. <b>EWMA</b> is the RiskMetrics recursion σ² ← λσ² + (1 − λ)Δ², λ = 0.94, over all
/// changes ever seen, started by the first. Both follow a revision or a late tick inside the window.</para>
/// </remarks>
/// <param name="interval">Length of an interval.</param>
/// <param name="keep">How far before the newest interval the series reaches; left out: 24 hours.</param>
internal sealed class PriceSeries(TimeSpan interval, TimeSpan? keep = null)
{
    private readonly long _step = interval.Ticks;
    private readonly long _keep = keep?.Ticks ?? TimeSpan.TicksPerDay;
    private PriceInterval[] _intervals = new PriceInterval[4];
    private double[] _changes = new double[4];
    private int _head;
    private int _end;

    /// <summary>EWMA variance with every change up to and including that of the oldest interval kept; NaN before any.</summary>
    private double _varianceAtHead = double.NaN;
    private double _variance = double.NaN;

    public int Count => _end - _head;

    public ReadOnlySpan<PriceInterval> Intervals => _intervals.AsSpan(_head, Count);

    public double VarianceAtHead => _varianceAtHead;

    /// <summary>Change of the newest interval; null when the one before it is not known.</summary>
    public double? Change => Count > 0 && HasChange(_end - 1) ? _changes[_end - 1] : null;

    public double? EwmaVolatility => double.IsNaN(_variance) ? null : Math.Sqrt(_variance);

    /// <summary>Volatility over the window that ends with the newest interval, $/MWh.</summary>
    public double? Volatility(TimeSpan window)
    {
        if (Count == 0) return null;

        var after = _intervals[_end - 1].StartTicks - window.Ticks;
        var first = _end;
        var missing = 0;
        while (first > _head && _intervals[first - 1].StartTicks > after)
        {
            first--;
            if (!HasChange(first)) missing++;
        }

        return ChangeStatistics.StandardDeviation(_changes.AsSpan(first, _end - first), missing);
    }

    /// <summary>An empty series of a price type.</summary>
    public static PriceSeries Of(PriceType type) =>
        new(TimeSpan.FromMinutes(type.IntervalMinutes()), TimeSpan.FromHours(type.IsDayAhead() ? 48 : 24));

    /// <summary>Place in <see cref="Intervals"/> of the first interval that starts then or later; their number when there is none.</summary>
    public int FirstFrom(long startTicks) => Find(startTicks, out _) - _head;

    /// <summary>Takes a price in.</summary>
    /// <param name="incoming">A price of this series.</param>
    /// <param name="revision">The revision it has; as it came where only the history can tell (it is older than the window).</param>
    public TickKind Apply(PriceInterval incoming, out int revision)
    {
        revision = incoming.Revision;
        if (Count == 0 || incoming.StartTicks > _intervals[_end - 1].StartTicks)
        {
            revision = incoming.Revision = Math.Max(1, revision);
            Append(incoming);
            return TickKind.New;
        }

        if (incoming.StartTicks < _intervals[_end - 1].StartTicks - _keep) return TickKind.Late;

        var place = Find(incoming.StartTicks, out var known);
        if (!known)
        {
            revision = incoming.Revision = Math.Max(1, revision);
            Insert(place, incoming);
            return TickKind.Late;
        }

        ref var stored = ref _intervals[place];
        if (stored.HasSameValue(incoming))
        {
            // Repeating a value confirms it: what was published in between is not newer than it.
            if (incoming.IsPublishedAfter(stored)) (stored.PublishedTicks, stored.Sequence) = (incoming.PublishedTicks, incoming.Sequence);
            revision = stored.Revision;
            return TickKind.Duplicate;
        }

        if (!incoming.IsPublishedAfter(stored)) return TickKind.Superseded;

        revision = incoming.Revision = Math.Max(Math.Min(stored.Revision, int.MaxValue - 1) + 1, revision);
        stored = incoming;
        Recompute(place);
        return TickKind.Revised;
    }

    /// <summary>Numbers the newest interval's price anew, upwards.</summary>
    public void RaiseNewest(int revision) => _intervals[_end - 1].Revision = revision;

    /// <summary>Starts an empty series from what another kept.</summary>
    public void Load(ReadOnlySpan<PriceInterval> intervals, double varianceAtHead)
    {
        _head = 0;
        _end = intervals.Length;
        _intervals = intervals.ToArray();
        _changes = new double[intervals.Length];
        _varianceAtHead = varianceAtHead;
        for (var i = 0; i < _end; i++) SetChange(i);
        if (_end > 0) Recompute(0);
    }

    private void Append(in PriceInterval interval)
    {
        EnsureRoom();
        _intervals[_end++] = interval;
        SetChange(_end - 1);
        if (HasChange(_end - 1)) _variance = ChangeStatistics.NextVariance(_variance, _changes[_end - 1]);
        TrimTail();
    }

    private void Insert(int place, in PriceInterval interval)
    {
        var index = place - _head;
        EnsureRoom();
        place = _head + index;
        Array.Copy(_intervals, place, _intervals, place + 1, _end - place);
        Array.Copy(_changes, place, _changes, place + 1, _end - place);
        _intervals[place] = interval;
        _end++;
        Recompute(place);
    }

    private void TrimTail()
    {
        var oldest = _intervals[_end - 1].StartTicks - _keep;
        while (_intervals[_head].StartTicks < oldest)
        {
            // The next interval's change loses its predecessor, so it goes into the base of the EWMA.
            if (HasChange(_head + 1)) _varianceAtHead = ChangeStatistics.NextVariance(_varianceAtHead, _changes[_head + 1]);
            _head++;
        }
    }

    /// <summary>Brings the two changes that <paramref name="place"/> takes part in, and the variance, in line with the prices.</summary>
    private void Recompute(int place)
    {
        SetChange(place);
        if (place + 1 < _end) SetChange(place + 1);

        _variance = _varianceAtHead;
        for (var i = _head + 1; i < _end; i++)
        {
            if (HasChange(i)) _variance = ChangeStatistics.NextVariance(_variance, _changes[i]);
        }
    }

    private bool HasChange(int i) => i > _head && _intervals[i].StartTicks - _intervals[i - 1].StartTicks == _step;

    private void SetChange(int i) => _changes[i] = HasChange(i) ? _intervals[i].Price - _intervals[i - 1].Price : 0;

    private int Find(long startTicks, out bool known)
    {
        int low = _head, high = _end;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_intervals[middle].StartTicks < startTicks) low = middle + 1;
            else high = middle;
        }

        known = low < _end && _intervals[low].StartTicks == startTicks;
        return low;
    }

    private void EnsureRoom()
    {
        if (_end < _intervals.Length) return;

        // Slide down when at least an eighth is free at the front, so that a full window moves once in many appends.
        var slide = _head > _intervals.Length / 8;
        var capacity = slide ? _intervals.Length : _intervals.Length + Math.Max(4, _intervals.Length / 2);
        var intervals = slide ? _intervals : new PriceInterval[capacity];
        var changes = slide ? _changes : new double[capacity];
        Array.Copy(_intervals, _head, intervals, 0, Count);
        Array.Copy(_changes, _head, changes, 0, Count);
        _end -= _head;
        _head = 0;
        _intervals = intervals;
        _changes = changes;
    }
}
