using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Nyiso;

/// <summary>The rows carry no type; the file they stand in and NYISO's naming do.</summary>
internal static class NyisoLocationTypes
{
    private const string ReferenceBus = "NYISO_LBMP_REFERENCE";

    /// <summary>What a proxy bus at the border is named after: Québec, New England (old and new name), Ontario, PJM.</summary>
    private static readonly string[] Neighbours = ["HQ_", "NPX_", "N.E._", "O.H._", "PJM_"];

    /// <summary>A row of a zone file: one of the load zones, else the border with a neighbour (<c>H Q</c>, <c>NPX</c>, <c>O H</c>, <c>PJM</c>).</summary>
    public static LocationType InZoneFile(string ptid) => NyisoZones.Has(ptid) ? LocationType.Zone : LocationType.Interface;

    /// <summary>A row of a generator file: the reference bus, a proxy bus at the border, else a generator.</summary>
    public static LocationType InGeneratorFile(string name) =>
        name == ReferenceBus ? LocationType.Bus
        : Array.Exists(Neighbours, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) ? LocationType.Interface
        : LocationType.Gen;
}
