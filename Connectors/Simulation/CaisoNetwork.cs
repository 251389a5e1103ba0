using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Simulation;

/// <summary>CAISO: sun in the south and the valley, load on the coast, two paths between north and south.</summary>
internal static class CaisoNetwork
{
    public static MarketNetwork Network { get; } = new(
        [
            ("TH_NP15_GEN-APND", "TH_NP15_GEN-APND", LocationType.Hub), ("TH_SP15_GEN-APND", "TH_SP15_GEN-APND", LocationType.Hub),
            ("TH_ZP26_GEN-APND", "TH_ZP26_GEN-APND", LocationType.Hub), ("DLAP_PGAE-APND", "DLAP_PGAE-APND", LocationType.Zone),
            ("DLAP_SCE-APND", "DLAP_SCE-APND", LocationType.Zone), ("DLAP_SDGE-APND", "DLAP_SDGE-APND", LocationType.Zone),
            ("DLAP_VEA-APND", "DLAP_VEA-APND", LocationType.Zone),
        ],
        [
            new("DLAP_PGAE-APND", "TH_NP15_GEN-APND", 0, 4, 0.13, -0.015),
            new("DLAP_PGAE-APND", "TH_NP15_GEN-APND", -0.5, 2.8, 0.27, 0.02),
            new("DLAP_PGAE-APND", "TH_ZP26_GEN-APND", 0.7, 1.2, 0.06, -0.03),
            new("DLAP_SCE-APND", "TH_SP15_GEN-APND", 1.7, -0.4, 0.34, 0.012),
            new("DLAP_SCE-APND", "TH_SP15_GEN-APND", 2.8, 0, 0.05, -0.035),
            new("DLAP_SDGE-APND", "TH_SP15_GEN-APND", 2, -1.5, 0.1, 0.02),
            new("DLAP_VEA-APND", "TH_SP15_GEN-APND", 3.2, 1, 0.01, -0.02),
        ],
        [
            new("PATH 15", 0.4, 1.9, -0.2, 1, Reach: 2.5, Scale: 16, Limit: 0.9, Load: -0.2, Sun: 1),
            new("PATH 26", 1, 0.6, 0.3, -1, Reach: 2.5, Scale: 16, Limit: 1, Load: 0.8, Sun: -0.5),
            new("DEVERS-LUGO", 2.3, -0.1, -1, -0.1, Reach: 1.6, Scale: 20, Limit: 0.9, Sun: 1),
            new("SAN DIEGO IMPORT", 2, -0.9, 0, -1, Reach: 1.2, Scale: 22, Limit: 1.1, Load: 0.9, Sun: -0.3),
            new("ROUND MOUNTAIN-TABLE MOUNTAIN", -0.2, 3.4, -0.1, -1, Reach: 1.3, Scale: 14, Limit: 1.1, Load: 0.3),
        ]);
}
