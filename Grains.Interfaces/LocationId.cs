using System.Diagnostics.CodeAnalysis;

namespace OptiBid.Grains.Interfaces;

/// <summary>
/// Names one priced place of one market: the zone, and the market's own unique id as text (PJM
/// <c>pnode_id</c>, CAISO node, ERCOT settlement point with <c>:TYPE</c> appended where two share a name).
/// Its text form <c>ZONE/location</c> is the key of the location's grain.
/// </summary>
[GenerateSerializer, Immutable, Alias("optibid.LocationId")]
public readonly record struct LocationId(
    [property: Id(0)] MarketZone Zone,
    [property: Id(1)] string Location)
{
    /// <summary>Longest location text accepted, in UTF-16 code units.</summary>
    public const int MaxLength = 128;

    /// <summary>The grain key, <c>ZONE/location</c>.</summary>
    public override string ToString() => $"{Zone.Name()}/{Location}";

    /// <summary>
    /// True when <paramref name="location"/> can name a place: 1 to <see cref="MaxLength"/> characters, none of
    /// them a control character, no white space at either end.
    /// </summary>
    public static bool IsValidLocation([NotNullWhen(true)] string? location)
    {
        if (string.IsNullOrEmpty(location) || location.Length > MaxLength
            || char.IsWhiteSpace(location[0]) || char.IsWhiteSpace(location[^1]))
        {
            return false;
        }

        foreach (var c in location)
        {
            if (char.IsControl(c)) return false;
        }

        return true;
    }

    /// <summary>Reads the text form back. The location may itself contain slashes.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out LocationId id)
    {
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash > 0 && MarketZones.TryParse(text![..slash], out var zone) && IsValidLocation(text[(slash + 1)..]))
        {
            id = new LocationId(zone, text[(slash + 1)..]);
            return true;
        }

        id = default;
        return false;
    }
}
