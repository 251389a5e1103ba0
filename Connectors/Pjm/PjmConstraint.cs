namespace OptiBid.Connectors.Pjm;

/// <summary>
/// A day-ahead transmission constraint (<c>da_transconstraints</c>). The platform has no place for constraints yet, so no feed reads
/// them; the rows come in the envelope that all feeds share.
/// </summary>
/// <param name="Start">When it begins to bind, UTC.</param>
/// <param name="End">When it no longer does, UTC.</param>
/// <param name="Event">What PJM calls it.</param>
/// <param name="Facility">The facility that is monitored.</param>
/// <param name="Contingency">The outage that it is guarded against; <c>ACTUAL</c> for none.</param>
internal sealed record PjmConstraint(DateTimeOffset Start, DateTimeOffset End, string Event, string Facility, string Contingency)
{
    private static readonly PjmColumn[] Columns =
        [new("datetime_beginning_utc"), new("datetime_ending_utc"), new("day_ahead_congestion_event"), new("monitored_facility"), new("contingency_facility")];

    /// <summary>Reads an answer; rows whose times cannot be read are passed over.</summary>
    /// <exception cref="Feeds.MarketFeedException">It is no answer of Data Miner 2.</exception>
    public static IEnumerable<PjmConstraint> Read(ReadOnlyMemory<byte> body)
    {
        using var rows = PjmTable.Open("pjm:da_transconstraints", body, Columns);
        var time = new PjmTime();
        while (rows.Read())
        {
            if (time.TryRead(rows[0], out var start) && time.TryRead(rows[1], out var end))
                yield return new PjmConstraint(start, end, rows[2].ToString(), rows[3].ToString(), rows[4].ToString());
        }
    }
}
