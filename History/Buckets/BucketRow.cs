using System.Data.Common;
using OptiBid.History.Queries;

namespace OptiBid.History.Buckets;

/// <summary>A bucket from a row of <see cref="BucketSql"/>, or without any.</summary>
internal static class BucketRow
{
    public static PriceBucket Read(DbDataReader row, IReadOnlyList<ClockBuckets> clocks)
    {
        var (start, zone) = (TickRow.Utc(row, 0), TickRow.Zone(row.GetString(1)));
        var end = clocks.First(clock => clock.Zones.Contains(zone)).EndOf(start);
        var covered = row.GetDouble(11) / (end - start).TotalMinutes;
        return new(start, end, zone, row.GetString(2), TickRow.Type(row.GetString(3)),
            row.GetDouble(4), row.GetDouble(5), row.GetDouble(6), row.GetDouble(7), row.GetDouble(8), TickRow.Number(row, 9),
            checked((int)row.GetInt64(10)), Math.Min(1, covered));
    }

    public static PriceBucket Empty(DateTimeOffset start, DateTimeOffset end, SeriesKey series) =>
        new(start, end, series.Zone, series.Location, series.PriceType, null, null, null, null, null, null, 0, 0);
}
