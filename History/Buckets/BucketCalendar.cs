using OptiBid.Grains.Interfaces;

namespace OptiBid.History.Buckets;

/// <summary>
/// Where the buckets of one length start by one wall clock, and so the one definition of them; the stores are told the
/// starts and work out none. A start is every instant at which the clock shows a whole number of lengths: for minutes
/// since its midnight, so that a length that does not divide a day begins anew each midnight; for days since Monday,
/// 1 January 2001; for months since January 2001. A start that the clock leaps over in spring is at the leap. Of a time
/// that it shows twice in autumn both are starts.
/// </summary>
public sealed class BucketCalendar
{
    /// <summary>First instant with buckets: since then every market clock has been whole hours from UTC.</summary>
    public static readonly DateTimeOffset First = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>End of the instants with buckets; beyond, there may be no room for the next start.</summary>
    public static readonly DateTimeOffset Beyond = new(9900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTime Origin = new(2001, 1, 1);

    private readonly TimeZoneInfo _clock;
    private readonly BucketLength _length;

    /// <exception cref="ArgumentException">The clock is no market's, or there is no such length.</exception>
    public BucketCalendar(TimeZoneInfo clock, BucketLength length)
    {
        if (!MarketClocks.All.Contains(clock)) throw new ArgumentException($"{clock.Id} is the clock of no market.", nameof(clock));
        if (!length.IsValid) throw new ArgumentException($"There are no buckets of {length.Count} {length.Unit}.", nameof(length));

        (_clock, _length) = (clock, length);
    }

    /// <summary>Start of the bucket that the instant is in.</summary>
    public DateTimeOffset StartOf(DateTimeOffset instant)
    {
        var shown = Local(instant);
        var wall = Floor(shown);
        if (_length.Unit != BucketUnit.Minute) return OfMidnight(wall);

        var start = instant.ToUniversalTime() - (shown - wall);
        if (Offset(start) == Offset(instant)) return start;

        // The clock was changed in between. What it had not come to before the change, it leapt over.
        var change = ChangeAfter(start, instant);
        return wall >= change.UtcDateTime + Offset(start) ? change : StartOf(change.AddTicks(-1));
    }

    /// <summary>The first start after the instant; of a bucket's start, its end.</summary>
    public DateTimeOffset Next(DateTimeOffset instant)
    {
        var shown = Local(instant);
        var wall = After(Floor(shown));
        if (_length.Unit != BucketUnit.Minute) return OfMidnight(wall);

        var next = instant.ToUniversalTime() + (wall - shown);
        if (Offset(next) == Offset(instant)) return next;

        var change = ChangeAfter(instant, next);
        return StartOf(change) == change ? change : Next(change);
    }

    /// <summary>The starts from one instant (inclusive) to another (exclusive).</summary>
    public IEnumerable<DateTimeOffset> Starts(DateTimeOffset from, DateTimeOffset until)
    {
        var start = StartOf(from);
        if (start < from) start = Next(start);
        for (; start < until; start = Next(start)) yield return start;
    }

    private DateTime Floor(DateTime shown)
    {
        switch (_length.Unit)
        {
            case BucketUnit.Minute:
                return shown.AddTicks(-(shown.TimeOfDay.Ticks % (_length.Count * TimeSpan.TicksPerMinute)));
            case BucketUnit.Day:
                var days = (int)Math.Floor((shown - Origin).TotalDays);
                return Origin.AddDays(days - Modulo(days));
            default:
                var months = ((shown.Year - Origin.Year) * 12) + shown.Month - 1;
                return Origin.AddMonths(months - Modulo(months));
        }
    }

    private DateTime After(DateTime wall)
    {
        if (_length.Unit == BucketUnit.Month) return wall.AddMonths(_length.Count);
        if (_length.Unit == BucketUnit.Day) return wall.AddDays(_length.Count);

        var (next, midnight) = (wall.AddMinutes(_length.Count), wall.Date.AddDays(1));
        return next < midnight ? next : midnight;
    }

    private int Modulo(int units) => ((units % _length.Count) + _length.Count) % _length.Count;

    // No market clock leaps over midnight, or shows it twice.
    private DateTimeOffset OfMidnight(DateTime wall) => new(DateTime.SpecifyKind(wall - _clock.GetUtcOffset(wall), DateTimeKind.Utc));

    // The clock changes at most once within a day, and at a full minute.
    private DateTimeOffset ChangeAfter(DateTimeOffset before, DateTimeOffset after)
    {
        var offset = Offset(before);
        var (low, high) = (before.UtcTicks / TimeSpan.TicksPerMinute, (after.UtcTicks / TimeSpan.TicksPerMinute) + 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (Offset(new DateTimeOffset(middle * TimeSpan.TicksPerMinute, TimeSpan.Zero)) == offset) low = middle;
            else high = middle;
        }

        return new(high * TimeSpan.TicksPerMinute, TimeSpan.Zero);
    }

    private DateTime Local(DateTimeOffset instant) => DateTime.SpecifyKind(instant.UtcDateTime + Offset(instant), DateTimeKind.Unspecified);

    private TimeSpan Offset(DateTimeOffset instant) => _clock.GetUtcOffset(instant);
}
