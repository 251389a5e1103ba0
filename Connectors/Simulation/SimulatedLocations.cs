using System.Globalization;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Simulation;

/// <summary>The places of a simulated market: its real hubs and zones, and invented nodes under them.</summary>
internal static class SimulatedLocations
{
    private const double GoldenRatio = 0.6180339887498949;

    private static readonly string[] Heads =
        ["ALDER", "BIRCH", "CEDAR", "DUNMORE", "ELKTON", "FOXBOR", "GRANTS", "HOLLIS", "INDIGO", "JUNIPR", "KESTREL", "LARKIN", "MESABI", "NORTHF", "OAKHUR", "PINEDA"];

    private static readonly string[] Tails = ["CRK", "FLD", "HLS", "LKE", "MTN", "RDG", "RVR", "SPG", "VLY", "WDS"];

    /// <summary>The first <paramref name="count"/> places of a zone: hubs, zones, then nodes without end.</summary>
    public static SimulatedLocation[] Create(MarketZone zone, ulong seed, int count)
    {
        var network = MarketNetwork.Of(zone);
        return [.. Enumerable.Range(0, count).Select(i => i < network.Listed.Length ? ListedPlace(zone, seed, i, network) : NodePlace(zone, seed, i, network))];
    }

    private static SimulatedLocation ListedPlace(MarketZone zone, ulong seed, int index, MarketNetwork network)
    {
        var (id, name, type) = network.Listed[index];
        // A zone's basis is taken against the hub of its first area; a place over all areas against the first hub.
        var hub = type == LocationType.Hub ? null : (network.Areas.FirstOrDefault(area => area.Zone == id) ?? network.Areas.First(area => area.Hub == network.Listed[0].Id || area.Hub is null)).Hub;
        var (shift, loss) = network.Place(seed, id);
        return new SimulatedLocation(new MarketLocation(new LocationId(zone, id), name, type, hub), shift, loss, Moment(zone, index))
        {
            Group = Math.Max(0, Array.FindIndex(network.Areas, area => area.Zone == id || area.Hub == id)),
            LoadZone = type == LocationType.Zone ? id : null,
        };
    }

    private static SimulatedLocation NodePlace(MarketZone zone, ulong seed, int index, MarketNetwork network)
    {
        var node = index - network.Listed.Length;
        var (id, name, type) = Node(zone, node);
        var (shift, loss) = network.Node(seed, node);
        return new SimulatedLocation(new MarketLocation(new LocationId(zone, id), name, type, network.AreaOf(node).Hub), shift, loss, Moment(zone, index))
        {
            Group = node % network.Areas.Length,
            LoadZone = network.AreaOf(node).Zone,
            Local = new AutoregressiveSeries(Noise.Key(seed, Noise.Key(id + "/local")), halfLife: 3),
        };
    }

    /// <summary>The golden ratio spreads any number of places evenly over the interval, and the zones beside each other.</summary>
    private static double Moment(MarketZone zone, int index) => (index * GoldenRatio + (int)zone / 3.0 * 0.1) % 1.0;

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
