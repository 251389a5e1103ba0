namespace OptiBid.Connectors.Caiso.Prices;

/// <summary>Which nodes a price report is asked for, call by call.</summary>
internal static class CaisoNodes
{
    /// <summary>Nodes OASIS takes in one call; it refuses more (error 1017).</summary>
    public const int AtOnce = 10;

    private static readonly string[] Groups = ["ALL", "ALL_APNODES"];

    /// <summary>
    /// A parameter per call: <c>node</c> with some of the locations, or <c>grp_type</c>. Left out, the group of all aggregated nodes
    /// (<c>ALL_APNODES</c>: hubs, load and generation aggregates) is asked for; a location <c>ALL</c> means every node.
    /// </summary>
    public static IReadOnlyList<(string Name, string? Value)> Parameters(IReadOnlyList<string> locations)
    {
        if (locations.Count == 0) return [("grp_type", "ALL_APNODES")];
        if (Groups.FirstOrDefault(group => locations.Contains(group, StringComparer.OrdinalIgnoreCase)) is { } group) return [("grp_type", group)];
        return [.. locations.Distinct(StringComparer.Ordinal).Chunk(AtOnce).Select(nodes => ("node", (string?)string.Join(',', nodes)))];
    }
}
