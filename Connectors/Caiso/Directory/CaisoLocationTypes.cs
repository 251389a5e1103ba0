using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Caiso.Directory;

/// <summary>
/// What kind of place a node is. OASIS price rows carry no type; CAISO's naming does, and where it does, it decides, so that price
/// reports and directory say the same.
/// </summary>
internal static class CaisoLocationTypes
{
    private const string Aggregated = "-APND";

    /// <summary>
    /// Trading hubs are <c>TH_</c>; load aggregation points are named for what they aggregate: <c>DLAP_</c>, <c>SLAP_</c>,
    /// <c>ELAP_</c> (a balancing area of the Western market) and the like; aggregates end in <c>-APND</c>, of which generators' have
    /// <c>_GEN</c>; the rest are nodes.
    /// </summary>
    public static LocationType FromName(string node) => node switch
    {
        _ when node.StartsWith("TH_", StringComparison.Ordinal) => LocationType.Hub,
        _ when node.Length > 5 && node.AsSpan(1, 4) is "LAP_" => LocationType.Zone,
        _ when node.EndsWith("_GEN" + Aggregated, StringComparison.Ordinal) => LocationType.Gen,
        _ when node.EndsWith(Aggregated, StringComparison.Ordinal) => LocationType.Aggregate,
        _ => LocationType.Node,
    };

    /// <summary>The type of a place that the directory gives a code for (<c>APNODE_TYPE</c>, <c>PNODE_TYPE</c>).</summary>
    /// <param name="node">Its name, which decides where it says anything.</param>
    /// <param name="code">The code; may be blank.</param>
    /// <param name="otherwise">What a place of that list is where neither tells.</param>
    public static LocationType FromDirectory(string node, string code, LocationType otherwise) =>
        FromName(node) is not LocationType.Node and var named ? named : code.ToUpperInvariant() switch
        {
            "TH" or "GH" => LocationType.Hub,
            "DPZ" or "CPZ" or "DEPZ" or "LTAC" or "SYS" or "CA" or "DCA" or "ZN" => LocationType.Zone,
            "AG" or "GA" or "G" or "GEN" => LocationType.Gen,
            "L" or "LOAD" => LocationType.Load,
            "T" or "TIE" or "INT" or "SP" => LocationType.Interface,
            "BUS" => LocationType.Bus,
            _ => otherwise,
        };
}
