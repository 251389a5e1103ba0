using System.Globalization;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Simulation;

/// <summary>The places of a simulated market: its real hubs and zones, and invented nodes under them.</summary>
internal static class SimulatedLocations
{
    /// <summary>Number of congestion groups.</summary>
    public const int Groups = 6;

    private const double GoldenRatio = 0.6180339887498949;

    private static readonly string[] Heads =
        ["ALDER", "BIRCH", "CEDAR", "DUNMORE", "ELKTON", "FOXBOR", "GRANTS", "HOLLIS", "INDIGO", "JUNIPR", "KESTREL", "LARKIN", "MESABI", "NORTHF", "OAKHUR", "PINEDA"];

    private static readonly string[] Tails = ["CRK", "FLD", "HLS", "LKE", "MTN", "RDG", "RVR", "SPG", "VLY", "WDS"];

    private static readonly (string Id, string Name, LocationType Type)[] Pjm =
    [
        ("51288", "WESTERN HUB", LocationType.Hub), ("51217", "EASTERN HUB", LocationType.Hub),
        ("34497127", "AEP-DAYTON HUB", LocationType.Hub), ("33092315", "N ILLINOIS HUB", LocationType.Hub),
        ("4669664", "NEW JERSEY HUB", LocationType.Hub), ("35010337", "DOMINION HUB", LocationType.Hub),
        ("1", "PJM-RTO", LocationType.Zone), ("8445784", "AEP", LocationType.Zone), ("51292", "BGE", LocationType.Zone),
        ("33092371", "COMED", LocationType.Zone), ("34964545", "DOM", LocationType.Zone), ("51297", "PECO", LocationType.Zone),
        ("51298", "PEPCO", LocationType.Zone), ("51299", "PPL", LocationType.Zone), ("51301", "PSEG", LocationType.Zone),
        ("51291", "AECO", LocationType.Zone),
    ];

    private static readonly (string Id, string Name, LocationType Type)[] Caiso =
    [
        ("TH_NP15_GEN-APND", "TH_NP15_GEN-APND", LocationType.Hub), ("TH_SP15_GEN-APND", "TH_SP15_GEN-APND", LocationType.Hub),
        ("TH_ZP26_GEN-APND", "TH_ZP26_GEN-APND", LocationType.Hub), ("DLAP_PGAE-APND", "DLAP_PGAE-APND", LocationType.Zone),
        ("DLAP_SCE-APND", "DLAP_SCE-APND", LocationType.Zone), ("DLAP_SDGE-APND", "DLAP_SDGE-APND", LocationType.Zone),
        ("DLAP_VEA-APND", "DLAP_VEA-APND", LocationType.Zone),
    ];

    private static readonly (string Id, string Name, LocationType Type)[] Ercot =
    [
        ("HB_NORTH", "HB_NORTH", LocationType.Hub), ("HB_HOUSTON", "HB_HOUSTON", LocationType.Hub), ("HB_SOUTH", "HB_SOUTH", LocationType.Hub),
        ("HB_WEST", "HB_WEST", LocationType.Hub), ("HB_PAN", "HB_PAN", LocationType.Hub), ("HB_BUSAVG", "HB_BUSAVG", LocationType.Hub),
        ("HB_HUBAVG", "HB_HUBAVG", LocationType.Hub), ("LZ_NORTH", "LZ_NORTH", LocationType.Zone), ("LZ_HOUSTON", "LZ_HOUSTON", LocationType.Zone),
        ("LZ_SOUTH", "LZ_SOUTH", LocationType.Zone), ("LZ_WEST", "LZ_WEST", LocationType.Zone), ("LZ_AEN", "LZ_AEN", LocationType.Zone),
        ("LZ_CPS", "LZ_CPS", LocationType.Zone), ("LZ_LCRA", "LZ_LCRA", LocationType.Zone), ("LZ_RAYBN", "LZ_RAYBN", LocationType.Zone),
    ];

    private static readonly (string Id, string Name, LocationType Type)[] Nyiso =
    [
        ("61757", "CAPITL", LocationType.Zone), ("61754", "CENTRL", LocationType.Zone), ("61760", "DUNWOD", LocationType.Zone),
        ("61753", "GENESE", LocationType.Zone), ("61758", "HUD VL", LocationType.Zone), ("61762", "LONGIL", LocationType.Zone),
        ("61756", "MHK VL", LocationType.Zone), ("61759", "MILLWD", LocationType.Zone), ("61761", "N.Y.C.", LocationType.Zone),
        ("61755", "NORTH", LocationType.Zone), ("61752", "WEST", LocationType.Zone), ("24008", "NYISO_LBMP_REFERENCE", LocationType.Bus),
    ];

    /// <summary>The first <paramref name="count"/> places of a zone: hubs, zones, then nodes without end.</summary>
    public static SimulatedLocation[] Create(MarketZone zone, ulong seed, int count)
    {
        var named = zone switch { MarketZone.PJM => Pjm, MarketZone.CAISO => Caiso, MarketZone.NYISO => Nyiso, _ => Ercot };
        var hubs = named.Where(place => place.Type == LocationType.Hub).ToArray();
        return [.. Enumerable.Range(0, count).Select(i => Place(zone, seed, i, i < named.Length ? named[i] : Node(zone, i - named.Length), hubs))];
    }

    private static SimulatedLocation Place(MarketZone zone, ulong seed, int index, (string Id, string Name, LocationType Type) place, (string Id, string Name, LocationType Type)[] hubs)
    {
        var key = Noise.Key(seed, Noise.Key(place.Id));
        // Hubs and zones are spread over the groups, nodes fall where they fall.
        var group = place.Type is LocationType.Hub or LocationType.Zone ? index % Groups : (int)(Noise.Uniform(key, 1) * Groups);
        var isHub = place.Type == LocationType.Hub;
        // A hub averages over many nodes, so it feels a part of each constraint; nodes are on one side of it or the other.
        var sensitivity = place.Type switch
        {
            LocationType.Hub => Noise.Uniform(key, 2) * 0.8 - 0.25,
            LocationType.Zone => Noise.Uniform(key, 2) - 0.3,
            _ => Noise.Uniform(key, 2) * 2 - 0.7,
        };
        var loss = (Noise.Uniform(key, 3) - 0.4) * (isHub ? 0.02 : 0.08);
        // The golden ratio spreads any number of places evenly over the interval, and the zones beside each other.
        var moment = (index * GoldenRatio + (int)zone / 3.0 * 0.1) % 1.0;
        var hub = isHub || hubs.Length == 0 ? null : hubs[group % hubs.Length].Id;
        return new SimulatedLocation(new MarketLocation(new LocationId(zone, place.Id), place.Name, place.Type, hub), group, sensitivity, loss, moment);
    }

    private static (string Id, string Name, LocationType Type) Node(MarketZone zone, int i)
    {
        var stem = Heads[i % Heads.Length] + Tails[i / Heads.Length % Tails.Length];
        var round = i / (Heads.Length * Tails.Length);
        var number = (round * 7 + 1).ToString(CultureInfo.InvariantCulture);
        return zone switch
        {
            MarketZone.PJM => ((2_000_000_000L + i).ToString(CultureInfo.InvariantCulture), $"{stem}  138 KV  TR{number}", i % 3 == 0 ? LocationType.Gen : LocationType.Load),
            MarketZone.CAISO => ($"{stem}_{number}_N{i % 1000:000}", $"{stem}_{number}_N{i % 1000:000}", i % 4 == 0 ? LocationType.Gen : LocationType.Node),
            // Ids above those NYISO has given out.
            MarketZone.NYISO => ((900_000L + i).ToString(CultureInfo.InvariantCulture), $"{stem}___{number}", LocationType.Gen),
            _ => ($"{stem}_{(i % 2 == 0 ? "SLR" : "WND")}{number}", $"{stem}_{(i % 2 == 0 ? "SLR" : "WND")}{number}", LocationType.Gen),
        };
    }
}
