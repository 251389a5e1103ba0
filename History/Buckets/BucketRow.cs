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
            Number(4), Number(5), Number(6), Number(7), Number(8), Number(9),
            checked((int)row.GetInt64(10)), Math.Min(1, covered));

        double? Number(int column) => TickRow.Number(row, column);
    }

    public static PriceBucket Empty(DateTimeOffset start, DateTimeOffset end, SeriesKey series) =>
        new(start, end, series.Zone, series.Location, series.PriceType, null, null, null, null, null, null, 0, 0);
}
