using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>An ERCOT settlement point in the platform's vocabulary.</summary>
internal static class SettlementPoint
{
    /// <summary>
    /// The location id: the point's name, with its type appended for the energy-weighted types (<c>LZEW</c>,
    /// <c>LZ_DCEW</c>), which share their names with <c>LZ</c> and <c>LZ_DC</c>. Only the row decides, so a
    /// point has the same id in every payload, and in feeds that carry no type.
    /// </summary>
    public static string Location(string name, string? type) => IsEnergyWeighted(type) ? $"{name}:{type}" : name;

    /// <summary>The kind of place, from ERCOT's type where the feed has one, else from the name's prefix.</summary>
    public static LocationType Type(string name, string? type) => type switch
    {
        "HU" or "SH" or "AH" => LocationType.Hub,
        "LZ_DC" or "LZ_DCEW" => LocationType.Interface,
        "LZ" or "LZEW" => LocationType.Zone,
        "RN" or "PCCRN" or "LCCRN" or "PUN" => LocationType.Gen,
        _ when name.StartsWith("HB_", StringComparison.Ordinal) => LocationType.Hub,
        _ when name.StartsWith("LZ_", StringComparison.Ordinal) => LocationType.Zone,
        _ when name.StartsWith("DC_", StringComparison.Ordinal) => LocationType.Interface,
        _ => LocationType.Node,
    };

    /// <summary>
    /// The hub a load zone's or a tie's basis is taken against: that of its name, or that of the part of Texas it lies in. Null
    /// for hubs, and for resource nodes, whose names do not tell it.
    /// </summary>
    public static string? Hub(string name) => name switch
    {
        "LZ_NORTH" or "LZ_RAYBN" or "DC_E" or "DC_N" => "HB_NORTH",
        "LZ_SOUTH" or "LZ_AEN" or "LZ_CPS" or "LZ_LCRA" or "DC_L" or "DC_R" or "DC_S" => "HB_SOUTH",
        "LZ_HOUSTON" => "HB_HOUSTON",
        "LZ_WEST" => "HB_WEST",
        _ => null,
    };

    private static bool IsEnergyWeighted(string? type) => type?.EndsWith("EW", StringComparison.Ordinal) == true;
}
