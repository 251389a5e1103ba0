namespace OptiBid.Gateway.Caching;

/// <summary>When a gateway was last told of a change in each day of a series. Bounded; not safe for many threads.</summary>
internal sealed class SeriesChanges
{
    /// <summary>Days kept apart, eleven years; past them all days count as changed.</summary>
    private const int MostDays = 4_000;

    private readonly Dictionary<int, Told> _days = [];
    private Told _everywhere;
    private Told _last;

    /// <summary>Days kept apart.</summary>
    public int Count => _days.Count;

    public void Note(int firstDay, int lastDay, Told told)
    {
        _last = told;
        if (lastDay - (long)firstDay >= MostDays || _days.Count + (lastDay - firstDay) >= MostDays)
        {
            _everywhere = told;
            _days.Clear();
            return;
        }

        for (var day = firstDay; day <= lastDay; day++) _days[day] = told;
    }

    /// <summary>The last change of any of the days, or an earlier change when it is not later than what is <paramref name="known"/> anyway.</summary>
    public Told Last(int firstDay, int lastDay, Told known)
    {
        // Mostly nothing has been written since, and then no day needs to be looked at.
        if (_last.Number <= known.Number) return known;

        var last = Told.Later(known, _everywhere);
        if (lastDay - firstDay > _days.Count)
        {
            foreach (var (day, told) in _days)
            {
                if (day >= firstDay && day <= lastDay) last = Told.Later(last, told);
            }
        }
        else
        {
            for (var day = firstDay; day <= lastDay; day++)
            {
                if (_days.TryGetValue(day, out var told)) last = Told.Later(last, told);
            }
        }

        return last;
    }
}

/// <summary>When a gateway was told of something.</summary>
/// <param name="Number">The how manieth thing it was told.</param>
/// <param name="At">The time by the gateway's clock, UTC; never less than that of an earlier one.</param>
internal readonly record struct Told(long Number, DateTimeOffset At)
{
    public static Told Later(Told left, Told right) => left.Number >= right.Number ? left : right;
}
