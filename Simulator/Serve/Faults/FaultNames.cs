using System.Text.Json;

namespace OptiBid.Simulator.Serve.Faults;

/// <summary>How faults are written.</summary>
internal static class FaultNames
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<FaultKind>().Select(Name)];

    /// <summary>A fault's name, such as <c>too-many-requests</c>.</summary>
    public static string Name(this FaultKind kind) => JsonSerializer.Serialize(kind).Trim('"');
}
