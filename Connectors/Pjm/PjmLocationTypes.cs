using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Pjm;

/// <summary>PJM's pnode types and subtypes in the platform's vocabulary.</summary>
internal static class PjmLocationTypes
{
    private static readonly (string Name, LocationType Type)[] Known =
    [
        ("LOAD", LocationType.Load), ("GEN", LocationType.Gen), ("HUB", LocationType.Hub), ("ZONE", LocationType.Zone), ("BUS", LocationType.Bus),
        ("INTERFACE", LocationType.Interface), ("AGGREGATE", LocationType.Aggregate), ("RESIDUAL_METERED_EDC", LocationType.Aggregate),
    ];

    /// <summary>The type; a node where PJM's is unknown.</summary>
    public static LocationType Parse(ReadOnlySpan<char> type)
    {
        foreach (var (name, known) in Known)
        {
            if (type.Equals(name, StringComparison.OrdinalIgnoreCase)) return known;
        }

        return LocationType.Node;
    }
}
