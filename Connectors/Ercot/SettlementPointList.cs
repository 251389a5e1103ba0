using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>
/// ERCOT's list of settlement points (NP4-160-SG): a zip of CSV files, each known by its columns. Electrical buses with their load
/// zone and resource node, the units of each node, the combined-cycle plants, and the names of hubs and ties.
/// </summary>
internal sealed class SettlementPointList
{
    private readonly Dictionary<string, string> _zoneOfNode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _zoneOfStation = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _stationOfNode = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nodes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);

    /// <summary>Rows met.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows that are shorter than their header.</summary>
    public int Rejected { get; private set; }

    /// <summary>Takes in one of the files; one with other columns is passed over.</summary>
    public void Add(IErcotTable table)
    {
        var (node, zone, station) = (table.Find("RESOURCE_NODE"), table.Find("SETTLEMENT_LOAD_ZONE"), table.Find("SUBSTATION", "UNIT_SUBSTATION"));
        // The market's own spelling.
        var plant = table.Find("LOGICALREOURCENODENAME", "LOGICALRESOURCENODENAME", "LOGICAL_RESOURCE_NODE_NAME");
        var name = table.Find("NAME");
        var hub = table.Find("HUB");
        while (table.Read())
        {
            Rows++;
            if (!table.IsWhole) Rejected++;
            else if (zone >= 0 && node >= 0) Bus(table[node], table[zone], station < 0 ? "" : table[station], hub < 0 ? "" : table[hub]);
            else if (node >= 0) Unit(table[node], station < 0 ? "" : table[station]);
            else if (plant >= 0) Note(_nodes, table[plant]);
            else if (name >= 0) Note(_named, table[name]);
        }
    }

    /// <summary>
    /// The places, in the order of their ids. A resource node's hub is that of its load zone; a load zone also has the point that
    /// real-time settlement weights by energy.
    /// </summary>
    public IReadOnlyList<MarketLocation> Places() =>
    [
        .. _named.Select(name => Place(name, null, SettlementPoint.Hub(name)))
            .Concat(_named.Where(name => SettlementPoint.Type(name, null) is LocationType.Zone or LocationType.Interface)
                .Select(name => Place(name, SettlementPoint.Type(name, null) == LocationType.Zone ? "LZEW" : "LZ_DCEW", SettlementPoint.Hub(name))))
            .Concat(_nodes.Except(_named).Select(node => Place(node, "RN", ZoneOf(node) is { } zone ? SettlementPoint.Hub(zone) : null)))
            .Where(place => LocationId.IsValidLocation(place.Id.Location))
            .OrderBy(place => place.Id.Location, StringComparer.Ordinal),
    ];

    private void Bus(string node, string zone, string station, string hub)
    {
        Note(_nodes, node);
        Note(_named, zone);
        Note(_named, hub);
        if (zone.Length == 0) return;
        if (node.Length > 0) _zoneOfNode[node] = zone;
        if (station.Length > 0) _zoneOfStation[station] = zone;
    }

    private void Unit(string node, string station)
    {
        Note(_nodes, node);
        if (node.Length > 0 && station.Length > 0) _stationOfNode[node] = station;
    }

    private string? ZoneOf(string node) =>
        _zoneOfNode.TryGetValue(node, out var zone) || (_stationOfNode.TryGetValue(node, out var station) && _zoneOfStation.TryGetValue(station, out zone)) ? zone : null;

    private static void Note(HashSet<string> names, string name)
    {
        if (name.Length > 0) names.Add(name);
    }

    private static MarketLocation Place(string name, string? type, string? hub) =>
        new(new LocationId(MarketZone.ERCOT, SettlementPoint.Location(name, type)), name, SettlementPoint.Type(name, type), hub);
}
