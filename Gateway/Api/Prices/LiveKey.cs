using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Prices;

/// <summary>A price's place in a sorted list: the value it is sorted by, then what tells equal ones apart.</summary>
internal readonly record struct LiveKey(double? Value, LocationId Id, PriceType Type)
{
    public void Write(BinaryWriter writer)
    {
        writer.Write(Value.HasValue);
        writer.Write(Value.GetValueOrDefault());
        writer.Write((byte)Id.Zone);
        writer.Write(Id.Location);
        writer.Write((byte)Type);
    }

    public static LiveKey Read(BinaryReader reader)
    {
        var hasValue = reader.ReadBoolean();
        var value = reader.ReadDouble();
        var key = new LiveKey(hasValue ? value : null, new LocationId((MarketZone)reader.ReadByte(), reader.ReadString()), (PriceType)reader.ReadByte());
        return Enum.IsDefined(key.Id.Zone) && Enum.IsDefined(key.Type) && !double.IsNaN(value) ? key : throw new FormatException();
    }
}
