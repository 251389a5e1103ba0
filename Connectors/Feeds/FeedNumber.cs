using System.Globalization;

namespace OptiBid.Connectors.Feeds;

/// <summary>Reads the numbers markets write: <c>31.42</c>, <c>.15</c>, <c>-1e-3</c>, blanks around them.</summary>
internal static class FeedNumber
{
    /// <summary>False for a blank, for NaN and infinity, and for anything else that is not a finite number.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <summary>An optional number: null where <see cref="TryParse"/> fails.</summary>
    public static double? Optional(ReadOnlySpan<char> text) => TryParse(text, out var value) ? value : null;
}
