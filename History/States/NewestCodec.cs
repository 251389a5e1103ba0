using System.Text;
using OptiBid.Grains.Interfaces;

namespace OptiBid.History.States;

/// <summary>
/// The newest prices of a location as bytes, for <c>location_state.newest</c>: a version byte, a count, and each
/// price's fields. The place itself is the row's key and not repeated.
/// </summary>
internal static class NewestCodec
{
    private const byte Version = 1;

    public static byte[] Write(ReadOnlySpan<PriceUpdate> newest)
    {
        var bytes = new MemoryStream(16 + (newest.Length * 160));
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Version);
        writer.Write7BitEncodedInt(newest.Length);
        foreach (var update in newest)
        {
            var tick = update.Tick;
            writer.Write((byte)tick.PriceType);
            writer.Write(tick.Timestamp.UtcTicks);
            writer.Write(tick.IntervalMinutes);
            writer.Write(tick.Price);
            writer.Write(tick.PublishedAt.UtcTicks);
            writer.Write(tick.Revision);
            writer.Write(tick.Sequence);
            writer.Write(tick.Source is not null);
            if (tick.Source is not null) writer.Write(tick.Source);
            WriteNumbers(writer,
                [tick.EnergyCost, tick.CongestionCost, tick.LossCost, tick.Volume, tick.RenewablePercentage, tick.LoadForecast,
                 update.Change, update.Volatility1h, update.Volatility24h, update.VolatilityEwma]);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="location">The row's place.</param>
    /// <param name="bytes">The row's bytes.</param>
    /// <param name="newest">The prices; empty when they cannot be read.</param>
    /// <param name="why">What is wrong with the bytes.</param>
    public static bool TryRead(LocationId location, byte[] bytes, out PriceUpdate[] newest, out string why)
    {
        try
        {
            (newest, why) = (Read(location, bytes), "");
            return true;
        }
        catch (Exception error) when (error is InvalidDataException or IOException or FormatException or ArgumentException)
        {
            // The three beside our own are what the reader makes of bytes that end early or are no number, text or time.
            (newest, why) = ([], error.Message);
            return false;
        }
    }

    private static PriceUpdate[] Read(LocationId location, byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        var version = reader.ReadByte();
        if (version != Version) throw new InvalidDataException($"its newest prices have version {version}; this program reads {Version}");

        var count = reader.Read7BitEncodedInt();
        if (count < 0 || count > PriceTypes.All.Count) throw new InvalidDataException($"{count} newest prices, more than there are price types");

        var newest = new PriceUpdate[count];
        Span<double?> numbers = stackalloc double?[10];
        for (var i = 0; i < newest.Length; i++)
        {
            var tick = new PriceTick
            {
                MarketZone = location.Zone,
                Location = location.Location,
                PriceType = Known((PriceType)reader.ReadByte()),
                Timestamp = new(reader.ReadInt64(), TimeSpan.Zero),
                IntervalMinutes = reader.ReadInt16(),
                Price = Finite(reader.ReadDouble()),
                PublishedAt = new(reader.ReadInt64(), TimeSpan.Zero),
                Revision = reader.ReadInt32(),
                Sequence = reader.ReadInt64(),
                Source = reader.ReadBoolean() ? reader.ReadString() : null,
            };
            ReadNumbers(reader, numbers);
            newest[i] = new(
                tick with
                {
                    EnergyCost = numbers[0],
                    CongestionCost = numbers[1],
                    LossCost = numbers[2],
                    Volume = numbers[3],
                    RenewablePercentage = numbers[4],
                    LoadForecast = numbers[5],
                },
                numbers[6], numbers[7], numbers[8], numbers[9]);
        }

        return reader.BaseStream.Position == bytes.Length
            ? newest
            : throw new InvalidDataException($"{bytes.Length - reader.BaseStream.Position} bytes too many in its newest prices");
    }

    private static PriceType Known(PriceType type) =>
        Enum.IsDefined(type) ? type : throw new InvalidDataException($"a newest price of the unknown type {(byte)type}");

    private static double Finite(double number) =>
        double.IsFinite(number) ? number : throw new InvalidDataException($"{number} among its newest prices");

    private static void WriteNumbers(BinaryWriter writer, ReadOnlySpan<double?> numbers)
    {
        ushort present = 0;
        for (var i = 0; i < numbers.Length; i++) present |= (ushort)(numbers[i] is null ? 0 : 1 << i);
        writer.Write(present);
        foreach (var number in numbers)
        {
            if (number is { } value) writer.Write(value);
        }
    }

    private static void ReadNumbers(BinaryReader reader, Span<double?> numbers)
    {
        var present = reader.ReadUInt16();
        for (var i = 0; i < numbers.Length; i++) numbers[i] = (present & (1 << i)) != 0 ? Finite(reader.ReadDouble()) : null;
    }
}
