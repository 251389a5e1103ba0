using OptiBid.History.Buckets;

namespace OptiBid.Gateway.Analytics;

/// <summary>
/// Makes spreads of prices that come in the order of time: pairs the two of an interval, leaves out intervals of which
/// one is missing or not known for the whole of it, and gathers the rest into larger intervals where asked to. Holds one interval.
/// </summary>
/// <param name="calendar">The larger intervals; null for spreads as they are.</param>
/// <param name="give">Takes each spread, in the order of time.</param>
internal sealed class SpreadSeries(BucketCalendar? calendar, Action<SpreadPoint> give)
{
    /// <summary>Less than the smallest share of an hour that a price may be missing for; above what sums of shares are off by.</summary>
    private const double Whole = 1 - 1e-9;

    private SpreadLeg? _waiting;
    private SpreadPoint? _bucket;

    /// <summary>Intervals with both prices that are left out because one is not known for the whole of it.</summary>
    public int Incomplete { get; private set; }

    /// <summary>Takes the next price; prices of one interval follow each other, in either order.</summary>
    public void Add(SpreadLeg leg)
    {
        if (_waiting is not { } other || other.Start != leg.Start || other.IsReference == leg.IsReference)
        {
            _waiting = leg;
            return;
        }

        _waiting = null;
        if (leg.Coverage < Whole || other.Coverage < Whole)
        {
            Incomplete++;
            return;
        }

        var (price, reference) = leg.IsReference ? (other, leg) : (leg, other);
        var interval = new SpreadPoint(leg.Start, leg.Start + leg.Length, price.Price, reference.Price, 1, 1);
        if (calendar is null) give(interval);
        else Gather(calendar, interval);
    }

    /// <summary>Gives the last larger interval.</summary>
    public void Complete()
    {
        if (_bucket is { } bucket) give(Mean(bucket));
        _bucket = null;
    }

    // Until it is complete, a bucket holds sums, and minutes for the coverage.
    private void Gather(BucketCalendar calendar, SpreadPoint interval)
    {
        if (_bucket is { } full && interval.Start >= full.End) Complete();
        var bucket = _bucket ?? new SpreadPoint(calendar.StartOf(interval.Start), calendar.Next(interval.Start), 0, 0, 0, 0);
        _bucket = bucket with
        {
            Price = bucket.Price + interval.Price,
            Reference = bucket.Reference + interval.Reference,
            DataPoints = bucket.DataPoints + 1,
            Coverage = bucket.Coverage + (interval.End - interval.Start).TotalMinutes,
        };
    }

    private static SpreadPoint Mean(SpreadPoint sums) => sums with
    {
        Price = sums.Price / sums.DataPoints,
        Reference = sums.Reference / sums.DataPoints,
        Coverage = Math.Min(1, sums.Coverage / (sums.End - sums.Start).TotalMinutes),
    };
}
