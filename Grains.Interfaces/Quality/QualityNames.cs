using System.Diagnostics.CodeAnalysis;

namespace OptiBid.Grains.Interfaces;

/// <summary>How kinds and severities of findings are written.</summary>
public static class QualityNames
{
    private static readonly string[] KindNames = ["FLAT_LINED", "SPIKE", "COMPONENT_MISMATCH", "STALE_FEED", "GAP", "INCOMPLETE", "REJECTED"];
    private static readonly string[] SeverityNames = ["INFO", "WARNING", "CRITICAL"];

    /// <summary>All kinds' names, in the order of their numbers.</summary>
    public static IReadOnlyList<string> Kinds => KindNames;

    /// <summary>The kind's name on the wire, such as <c>STALE_FEED</c>.</summary>
    public static string Name(this QualityKind kind) => KindNames[(int)kind - 1];

    /// <summary>The severity's name on the wire, such as <c>WARNING</c>.</summary>
    public static string Name(this QualitySeverity severity) => SeverityNames[(int)severity - 1];

    /// <summary>Reads a kind's name in any case. False, and no exception, for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out QualityKind kind)
    {
        kind = (QualityKind)(Array.FindIndex(KindNames, name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase)) + 1);
        return kind != default;
    }

    /// <summary>Reads a severity's name in any case. False, and no exception, for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out QualitySeverity severity)
    {
        severity = (QualitySeverity)(Array.FindIndex(SeverityNames, name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase)) + 1);
        return severity != default;
    }
}
