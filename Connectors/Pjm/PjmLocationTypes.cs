using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Pjm;

/// <summary>PJM's pnode types in the platform's vocabulary.</summary>
internal static class PjmLocationTypes
{
    /// <summary>The type; a node where PJM's is unknown.</summary>
    public static LocationType Parse(string? type) => type?.Trim().ToUpperInvariant() switch
    {
        "HUB" => LocationType.Hub,
        "ZONE" => LocationType.Zone,
        "INTERFACE" => LocationType.Interface,
        "GEN" => LocationType.Gen,
        "LOAD" => LocationType.Load,
        "BUS" => LocationType.Bus,
        "AGGREGATE" or "RESIDUAL_METERED_EDC" => LocationType.Aggregate,
        _ => LocationType.Node,
    };
}
