using OptiBid.Connectors.Time;

namespace OptiBid.Connectors.Caiso.Oasis;

/// <summary>A piece of market time that is asked for at once. Pieces end at fixed boundaries, so that one that cannot be read is known again.</summary>
/// <param name="Key">Start of the whole piece, of which it may be a part.</param>
/// <param name="From">Start, UTC.</param>
/// <param name="To">End, UTC, not part of it.</param>
internal readonly record struct OasisWindow(DateTimeOffset Key, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Splits a range at full hours.</summary>
    public static IEnumerable<OasisWindow> Hours(DateTimeOffset from, DateTimeOffset to) => Split(from, to, start => start.Floor(TimeSpan.FromHours(1)), start => start.AddHours(1));

    /// <summary>Splits a range at the market's midnights: 23 and 25 hours on the days of change.</summary>
    public static IEnumerable<OasisWindow> Days(DateTimeOffset from, DateTimeOffset to) => Split(from, to, PacificDay.StartOf, start => PacificDay.Start(PacificDay.Of(start).AddDays(1)));

    private static IEnumerable<OasisWindow> Split(DateTimeOffset from, DateTimeOffset to, Func<DateTimeOffset, DateTimeOffset> whole, Func<DateTimeOffset, DateTimeOffset> next)
    {
        while (from < to)
        {
            var key = whole(from);
            var end = Instants.Earlier(next(key), to);
            yield return new(key, from, end);
            from = end;
        }
    }
}
