using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Simulation;

/// <summary>NYISO: generation in the north and the west, load in the city and on the island.</summary>
internal static class NyisoNetwork
{
    public static MarketNetwork Network { get; } = new(
        [
            ("61757", "CAPITL", LocationType.Zone), ("61754", "CENTRL", LocationType.Zone), ("61760", "DUNWOD", LocationType.Zone),
            ("61753", "GENESE", LocationType.Zone), ("61758", "HUD VL", LocationType.Zone), ("61762", "LONGIL", LocationType.Zone),
            ("61756", "MHK VL", LocationType.Zone), ("61759", "MILLWD", LocationType.Zone), ("61761", "N.Y.C.", LocationType.Zone),
            ("61755", "NORTH", LocationType.Zone), ("61752", "WEST", LocationType.Zone), ("24008", "NYISO_LBMP_REFERENCE", LocationType.Bus),
        ],
        [
            new("61752", null, -3.6, 1, 0.1, -0.04),
            new("61753", null, -2.8, 1.2, 0.06, -0.03),
            new("61754", null, -1.8, 1, 0.1, -0.025),
            new("61755", null, 0.5, 3, 0.04, -0.05),
            new("61756", null, -0.4, 1.6, 0.05, -0.02),
            new("61757", null, 0.8, 1, 0.08, 0.01),
            new("61758", null, 0.6, -0.6, 0.06, 0.02),
            new("61759", null, 0.75, -1.1, 0.02, 0.025),
            new("61760", null, 0.8, -1.4, 0.04, 0.028),
            new("61761", null, 0.8, -1.9, 0.33, 0.03),
            new("61762", null, 1.8, -1.9, 0.13, 0.04),
        ],
        [
            new("CENTRAL EAST", 0.2, 1.2, 1, -0.3, Reach: 2.6, Scale: 15, Limit: 0.6, Load: 0.6),
            new("UPNY-CONED", 0.7, -0.9, 0, -1, Reach: 1.8, Scale: 12, Limit: 0.9, Load: 0.7),
            new("DUNWOODIE SOUTH", 0.8, -1.65, 0, -1, Reach: 1, Scale: 16, Limit: 1.1, Load: 0.8),
            new("LONG ISLAND IMPORT", 1.3, -1.75, 1, -0.1, Reach: 0.9, Scale: 24, Limit: 0.7, Load: 0.7),
            new("MOSES SOUTH", 0.2, 2.3, -0.3, -1, Reach: 1.2, Scale: 16, Limit: 0.9, Wind: 0.9),
            new("NIAGARA-ROCHESTER", -3.2, 1.05, 1, 0, Reach: 1.2, Scale: 14, Limit: 1, Load: 0.3, Wind: 0.3),
        ]);
}
