using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Caiso;

/// <summary>OASIS price rows carry no type; CAISO's naming does.</summary>
internal static class CaisoLocationTypes
{
    /// <summary>
    /// Trading hubs are <c>TH_</c>, load aggregation points <c>DLAP_</c> and <c>SLAP_</c>, aggregates end in
    /// <c>-APND</c>, of which generators' have <c>_GEN</c>; the rest are nodes.
    /// </summary>
    public static LocationType FromName(string node) => node switch
    {
        _ when node.StartsWith("TH_", StringComparison.Ordinal) => LocationType.Hub,
        _ when node.StartsWith("DLAP_", StringComparison.Ordinal) || node.StartsWith("SLAP_", StringComparison.Ordinal) => LocationType.Zone,
        _ when node.EndsWith("_GEN-APND", StringComparison.Ordinal) => LocationType.Gen,
        _ when node.EndsWith("-APND", StringComparison.Ordinal) => LocationType.Aggregate,
        _ => LocationType.Node,
    };
}
