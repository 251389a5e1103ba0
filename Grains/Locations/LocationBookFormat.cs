using System.Runtime.InteropServices;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Volatility;

namespace OptiBid.Grains.Locations;

/// <summary>
/// A book's windows as bytes, for the <c>location_state</c> table and for migration: a version byte, then for
/// each series its price type, the EWMA variance at its oldest interval, the number of intervals and the
/// intervals as they lie in memory (little-endian).
/// </summary>
internal static class LocationBookFormat
{
    private const byte Version = 1;

    /// <summary>Writes the windows; the newest prices travel beside them.</summary>
    public static byte[] Write(LocationBook book)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Version);
        for (var bit = 0; bit < PriceTypes.All.Count; bit++)
        {
            if (book.SeriesAt(bit) is not { } series) continue;
            writer.Write((byte)(bit + 1));
            writer.Write(series.VarianceAtHead);
            writer.Write(series.Count);
            writer.Write(MemoryMarshal.AsBytes(series.Intervals));
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Fills an empty book. Bytes of another version, or cut short, leave it empty: the history's tail fills it then.</summary>
    /// <returns>False when the bytes could not be used.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, ReadOnlySpan<PriceUpdate> newest, LocationBook book)
    {
        if (bytes.IsEmpty || bytes[0] != Version) return false;

        var rest = bytes[1..];
        while (rest.Length >= 13)
        {
            var type = (PriceType)rest[0];
            var variance = MemoryMarshal.Read<double>(rest[1..]);
            var count = MemoryMarshal.Read<int>(rest[9..]);
            var length = (long)count * Marshal.SizeOf<PriceInterval>();
            rest = rest[13..];
            if (!Enum.IsDefined(type) || count < 1 || rest.Length < length) return false;

            var series = new PriceSeries(TimeSpan.FromMinutes(type.IntervalMinutes()));
            series.Load(MemoryMarshal.Cast<byte, PriceInterval>(rest[..(int)length]), variance);
            rest = rest[(int)length..];

            foreach (var update in newest)
            {
                if (update.Tick.PriceType == type) book.Load((int)type - 1, series, update);
            }
        }

        return rest.IsEmpty;
    }
}
