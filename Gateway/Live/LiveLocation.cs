using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Live;

/// <summary>A location's row of the table: the newest price of each price type. Read without a lock.</summary>
internal sealed class LiveLocation(LocationId id) : IComparable<LiveLocation>
{
    /// <summary>All price types: as an array, because it is walked for every location of the table.</summary>
    public static readonly PriceType[] Types = [.. PriceTypes.All];

    private readonly LivePrice?[] _newest = new LivePrice?[Types.Length];

    public LocationId Id { get; } = id;

    public LivePrice? Newest(PriceType type) => Volatile.Read(ref _newest[(int)type - 1]);

    public void Set(LivePrice price) => Volatile.Write(ref _newest[(int)price.Type - 1], price);

    /// <summary>The order of lists: zone, then location text.</summary>
    public int CompareTo(LiveLocation? other) => other is null ? 1 : Compare(Id, other.Id);

    public static int Compare(LocationId left, LocationId right) =>
        left.Zone != right.Zone ? left.Zone.CompareTo(right.Zone) : string.CompareOrdinal(left.Location, right.Location);
}
