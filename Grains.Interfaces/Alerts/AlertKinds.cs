using System.Diagnostics.CodeAnalysis;

namespace OptiBid.Grains.Interfaces;

/// <summary>The kinds of alert rules there are, and how each is written.</summary>
public static class AlertKinds
{
    private static readonly string[] Written = ["ABOVE", "BELOW", "CHANGE", "SPIKE", "DART_ABOVE", "DART_BELOW", "VOLATILITY", "STALENESS"];

    /// <summary>All names, in the order of the kinds' numbers.</summary>
    public static IReadOnlyList<string> Names => Written;

    /// <summary>The name on the wire, such as <c>DART_ABOVE</c>.</summary>
    public static string Name(this AlertKind kind) => Written[(int)kind - 1];

    /// <summary>True for the kinds that look at day-ahead minus real-time.</summary>
    public static bool IsDart(this AlertKind kind) => kind is AlertKind.DartAbove or AlertKind.DartBelow;

    /// <summary>True where zero and negative thresholds mean something: for prices and spreads.</summary>
    public static bool IsSigned(this AlertKind kind) => kind is AlertKind.Above or AlertKind.Below || kind.IsDart();

    /// <summary>Reads a wire name in any case. False, and no exception, for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AlertKind kind)
    {
        var index = Array.FindIndex(Written, name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase));
        kind = (AlertKind)(index + 1);
        return index >= 0;
    }
}
