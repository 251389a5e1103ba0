using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Simulation;

/// <summary>ERCOT: wind and sun in the west, load in the triangle of Dallas, Houston and San Antonio.</summary>
internal static class ErcotNetwork
{
    public static MarketNetwork Network { get; } = new(
        [
            ("HB_NORTH", "HB_NORTH", LocationType.Hub), ("HB_HOUSTON", "HB_HOUSTON", LocationType.Hub), ("HB_SOUTH", "HB_SOUTH", LocationType.Hub),
            ("HB_WEST", "HB_WEST", LocationType.Hub), ("HB_PAN", "HB_PAN", LocationType.Hub), ("HB_BUSAVG", "HB_BUSAVG", LocationType.Hub),
            ("HB_HUBAVG", "HB_HUBAVG", LocationType.Hub), ("LZ_NORTH", "LZ_NORTH", LocationType.Zone), ("LZ_HOUSTON", "LZ_HOUSTON", LocationType.Zone),
            ("LZ_SOUTH", "LZ_SOUTH", LocationType.Zone), ("LZ_WEST", "LZ_WEST", LocationType.Zone), ("LZ_AEN", "LZ_AEN", LocationType.Zone),
            ("LZ_CPS", "LZ_CPS", LocationType.Zone), ("LZ_LCRA", "LZ_LCRA", LocationType.Zone), ("LZ_RAYBN", "LZ_RAYBN", LocationType.Zone),
        ],
        [
            new("LZ_NORTH", "HB_NORTH", 0, 2, 0.25, 0),
            new("LZ_RAYBN", "HB_NORTH", 0.6, 2.3, 0.03, 0),
            new("LZ_HOUSTON", "HB_HOUSTON", 1.8, -0.6, 0.27, 0),
            new("LZ_SOUTH", "HB_SOUTH", 0.6, -2, 0.12, 0),
            new("LZ_SOUTH", "HB_SOUTH", 0.1, -3.6, 0.06, 0),
            new("LZ_WEST", "HB_WEST", -2.6, 1, 0.08, 0),
            new("LZ_WEST", "HB_PAN", -3, 4, 0.01, 0),
            new("LZ_AEN", "HB_SOUTH", 0, -0.4, 0.05, 0),
            new("LZ_CPS", "HB_SOUTH", -0.3, -1.1, 0.08, 0),
            new("LZ_LCRA", "HB_SOUTH", -0.4, -0.2, 0.05, 0),
        ],
        [
            new("WEST TEXAS EXPORT", -1.4, 1.2, 1, 0.1, Reach: 2.6, Scale: 16, Limit: 0.6, Load: -0.2, Wind: 0.7, Sun: 0.8),
            new("PANHANDLE", -2.8, 2.8, 0.2, -1, Reach: 1.8, Scale: 20, Limit: 0.8, Wind: 1),
            new("PERMIAN IMPORT", -1.8, 0.9, -1, 0, Reach: 1.6, Scale: 18, Limit: 1.2, Load: 0.6, Wind: -0.7, Sun: -0.6),
            new("NORTH TO HOUSTON", 0.9, 0.6, 0.6, -0.8, Reach: 2, Scale: 16, Limit: 0.9, Load: 0.7, Wind: 0.2),
            new("VALLEY IMPORT", 0.3, -2.9, -0.1, -1, Reach: 1.3, Scale: 22, Limit: 1.1, Load: 0.8),
            new("SOUTH TO SAN ANTONIO", 0.1, -1.6, -0.1, 1, Reach: 1.5, Scale: 18, Limit: 0.9, Wind: 0.6, Sun: 0.5),
        ],
        new Dictionary<string, Func<MarketArea, bool>>
        {
            ["HB_HUBAVG"] = area => area.Hub is "HB_NORTH" or "HB_SOUTH" or "HB_WEST" or "HB_HOUSTON",
            ["HB_BUSAVG"] = _ => true,
        });
}
