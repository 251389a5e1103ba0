using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Prices;

/// <summary>A place in the history of a range: the range too, so that "the last 24 hours" stay the same from page to page.</summary>
internal readonly record struct HistoryPlace(DateTimeOffset Start, DateTimeOffset End, PriceKey Last)
{
    public void Write(BinaryWriter writer)
    {
        writer.Write(Start.UtcTicks);
        writer.Write(End.UtcTicks);
        writer.Write(Last.Timestamp.UtcTicks);
        writer.Write((byte)Last.Zone);
        writer.Write(Last.Location);
        writer.Write((byte)Last.PriceType);
        writer.Write(Last.Revision);
    }

    public static HistoryPlace Read(BinaryReader reader)
    {
        var place = new HistoryPlace(
            Time(reader), Time(reader),
            new PriceKey(Time(reader), (MarketZone)reader.ReadByte(), reader.ReadString(), (PriceType)reader.ReadByte(), reader.ReadInt32()));
        var isSound = place.Start < place.End && place.End - place.Start <= HistoryReading.LongestRange
            && Enum.IsDefined(place.Last.Zone) && Enum.IsDefined(place.Last.PriceType);
        return isSound ? place : throw new FormatException();
    }

    private static DateTimeOffset Time(BinaryReader reader) => new(reader.ReadInt64(), TimeSpan.Zero);
}
