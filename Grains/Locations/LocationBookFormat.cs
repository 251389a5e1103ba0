using System.Numerics;
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
    private const byte Version = 2;
    private const int HeadLength = 13;

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

    /// <summary>
    /// True when <see cref="TryRead"/> would fill a book from these: of this version, whole, and a newest price for
    /// each series and the other way round.
    /// </summary>
    public static bool CanRead(ReadOnlySpan<byte> bytes, ReadOnlySpan<PriceUpdate> newest)
    {
        if (bytes.IsEmpty || bytes[0] != Version) return false;

        var rest = bytes[1..];
        var seen = 0;
        while (!rest.IsEmpty)
        {
            if (!TryTake(ref rest, out var type, out _, out var intervals) || !IsSeries(intervals)) return false;
            if ((seen & (1 << (int)type)) != 0 || !TryFind(newest, type, out _)) return false;
            seen |= 1 << (int)type;
        }

        return BitOperations.PopCount((uint)seen) == newest.Length;
    }

    /// <summary>Fills an empty book; what cannot be used leaves it empty.</summary>
    /// <returns>False when the bytes could not be used.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, ReadOnlySpan<PriceUpdate> newest, LocationBook book)
    {
        if (!CanRead(bytes, newest)) return false;

        var rest = bytes[1..];
        while (TryTake(ref rest, out var type, out var variance, out var intervals))
        {
            var series = PriceSeries.Of(type);
            series.Load(intervals, variance);
            _ = TryFind(newest, type, out var update);
            book.Load((int)type - 1, series, update);
        }

        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> rest, out PriceType type, out double variance, out ReadOnlySpan<PriceInterval> intervals)
    {
        type = default;
        variance = default;
        intervals = default;
        if (rest.Length < HeadLength) return false;

        type = (PriceType)rest[0];
        variance = MemoryMarshal.Read<double>(rest[1..]);
        var count = MemoryMarshal.Read<int>(rest[9..]);
        var length = (long)count * Marshal.SizeOf<PriceInterval>();
        if (!Enum.IsDefined(type) || count < 1 || rest.Length - HeadLength < length) return false;

        intervals = MemoryMarshal.Cast<byte, PriceInterval>(rest.Slice(HeadLength, (int)length));
        rest = rest[(HeadLength + (int)length)..];
        return true;
    }

    private static bool IsSeries(ReadOnlySpan<PriceInterval> intervals)
    {
        var last = long.MinValue;
        foreach (ref readonly var interval in intervals)
        {
            if (interval.StartTicks <= last || !double.IsFinite(interval.Price)) return false;
            last = interval.StartTicks;
        }

        return true;
    }

    private static bool TryFind(ReadOnlySpan<PriceUpdate> newest, PriceType type, out PriceUpdate found)
    {
        found = default;
        foreach (var update in newest)
        {
            if (update.Tick.PriceType != type) continue;
            found = update;
            return true;
        }

        return false;
    }
}
