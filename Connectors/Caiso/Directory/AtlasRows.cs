using OptiBid.Connectors.Caiso.Oasis;
using OptiBid.Connectors.Feeds;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Caiso.Directory;

/// <summary>Reads the lists of nodes. Places that have ended are left out; of one that stands twice the last counts.</summary>
/// <param name="feed">The feed, for errors.</param>
/// <param name="now">When, UTC.</param>
internal sealed class AtlasRows(string feed, DateTimeOffset now)
{
    private readonly OasisTime _times = new();
    private readonly Dictionary<string, string?> _hubs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _rejections = new(StringComparer.Ordinal);

    /// <summary>The places, by id.</summary>
    public Dictionary<string, MarketLocation> Places { get; } = new(StringComparer.Ordinal);

    /// <summary>Rows read.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows refused, by reason.</summary>
    public IReadOnlyDictionary<string, int> Rejections => _rejections;

    /// <summary>Takes in which hub each node belongs to (<c>ATL_PNODE_MAP</c>).</summary>
    public void AddHubs(Stream content) => Read(content, ["PNODE_ID", "PNODE_NAME"], "APNODE_ID", "APNODE_NAME", (node, hub) =>
    {
        if (CaisoLocationTypes.FromName(hub) != LocationType.Hub) return;
        _hubs[node] = _hubs.TryGetValue(node, out var other) && other != hub ? null : hub;
    });

    /// <summary>Takes in the aggregated nodes (<c>ATL_APNODE</c>).</summary>
    public void AddAggregates(Stream content) =>
        Read(content, ["APNODE_ID", "APNODE_NAME"], "APNODE_TYPE", null, (node, code) => Add(node, CaisoLocationTypes.FromDirectory(node, code, LocationType.Aggregate)));

    /// <summary>Takes in the other nodes (<c>ATL_PNODE</c>).</summary>
    public void AddNodes(Stream content) =>
        Read(content, ["PNODE_ID", "PNODE_NAME"], "PNODE_TYPE", null, (node, code) => Add(node, CaisoLocationTypes.FromDirectory(node, code, LocationType.Node)));

    private void Add(string node, LocationType type)
    {
        if (!LocationId.IsValidLocation(node)) _rejections["the node's name is blank, too long or holds control characters"] = _rejections.GetValueOrDefault("the node's name is blank, too long or holds control characters") + 1;
        else Places[node] = new MarketLocation(new LocationId(MarketZone.CAISO, node), node, type, _hubs.GetValueOrDefault(node));
    }

    private void Read(Stream content, string[] ids, string second, string? secondElse, Action<string, string> take)
    {
        using var csv = new CsvTable(feed, content);
        var id = csv.Column(ids);
        var other = csv.Find(second, secondElse ?? second);
        var end = csv.Find("END_DATE_GMT");
        while (csv.Read())
        {
            Rows++;
            if (!csv.IsWhole) continue;
            if (end >= 0 && _times.TryRead(csv[end], out var ended) && ended <= now) continue;
            take(csv[id], other < 0 ? "" : csv[other]);
        }
    }
}
