using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Simulation;

/// <summary>PJM: cheap generation in the west, load on the coast.</summary>
internal static class PjmNetwork
{
    public static MarketNetwork Network { get; } = new(
        [
            ("51288", "WESTERN HUB", LocationType.Hub), ("51217", "EASTERN HUB", LocationType.Hub),
            ("34497127", "AEP-DAYTON HUB", LocationType.Hub), ("33092315", "N ILLINOIS HUB", LocationType.Hub),
            ("4669664", "NEW JERSEY HUB", LocationType.Hub), ("35010337", "DOMINION HUB", LocationType.Hub),
            ("1", "PJM-RTO", LocationType.Zone), ("8445784", "AEP", LocationType.Zone), ("51292", "BGE", LocationType.Zone),
            ("33092371", "COMED", LocationType.Zone), ("34964545", "DOM", LocationType.Zone), ("51297", "PECO", LocationType.Zone),
            ("51298", "PEPCO", LocationType.Zone), ("51299", "PPL", LocationType.Zone), ("51301", "PSEG", LocationType.Zone),
            ("51291", "AECO", LocationType.Zone),
        ],
        [
            new("33092371", "33092315", -7, 1.5, 0.15, -0.035),
            new("8445784", "34497127", -3.5, -0.5, 0.17, -0.02),
            new(null, "51288", -0.3, 0.5, 0.1, -0.005),
            new("34964545", "35010337", 0.8, -2.2, 0.16, 0.012),
            new("51298", "51288", 1, -0.8, 0.06, 0.02),
            new("51292", "51288", 1.2, -0.4, 0.06, 0.022),
            new("51299", "51288", 1.8, 1, 0.09, 0.004),
            new("51297", "51217", 2.6, 0.6, 0.09, 0.016),
            new("51291", "4669664", 3.1, 0.1, 0.03, 0.024),
            new("51301", "4669664", 3, 1.2, 0.1, 0.02),
        ],
        [
            new("COMED EXPORT", -5.5, 1, 1, -0.3, Reach: 3, Scale: 9, Limit: 1, Wind: 1),
            new("AEP-DOM", -1, -1.5, 1, -0.3, Reach: 2.2, Scale: 10, Limit: 1, Load: 0.7),
            new("AP SOUTH", 0.3, -0.6, 0.8, -0.6, Reach: 2, Scale: 12, Limit: 0.8, Load: 0.7),
            new("BEDINGTON-BLACK OAK", 0.5, 0, 1, -0.2, Reach: 1.6, Scale: 9, Limit: 0.9, Load: 0.6),
            new("5004/5005", 1.1, 0.8, 1, 0.1, Reach: 2, Scale: 9, Limit: 0.8, Load: 0.4, Wind: 0.3),
            new("NORTH JERSEY", 2.8, 0.7, 0.5, 0.8, Reach: 1, Scale: 12, Limit: 1.2, Load: 0.8),
        ],
        new Dictionary<string, Func<MarketArea, bool>> { ["1"] = _ => false });
}
