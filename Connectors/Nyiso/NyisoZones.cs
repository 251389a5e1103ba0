namespace OptiBid.Connectors.Nyiso;

/// <summary>The eleven load zones of New York, by letter, name and PTID.</summary>
internal static class NyisoZones
{
    /// <summary>How many there are: the system's load is the sum of so many.</summary>
    public static int Count => All.Length;

    private static readonly (string Letter, string Name, string Ptid)[] All =
    [
        ("A", "WEST", "61752"), ("B", "GENESE", "61753"), ("C", "CENTRL", "61754"), ("D", "NORTH", "61755"), ("E", "MHK VL", "61756"),
        ("F", "CAPITL", "61757"), ("G", "HUD VL", "61758"), ("H", "MILLWD", "61759"), ("I", "DUNWOD", "61760"), ("J", "N.Y.C.", "61761"),
        ("K", "LONGIL", "61762"),
    ];

    /// <summary>Whether a PTID is a load zone's.</summary>
    public static bool Has(string ptid) => Array.Exists(All, zone => zone.Ptid == ptid);

    /// <summary>The PTID of a zone by its name or letter; null for any other.</summary>
    public static string? Ptid(string zone) => Array.Find(All, one =>
        one.Name.Equals(zone, StringComparison.OrdinalIgnoreCase) || one.Letter.Equals(zone, StringComparison.OrdinalIgnoreCase)).Ptid;
}
