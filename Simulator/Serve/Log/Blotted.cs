using System.Text.RegularExpressions;

namespace OptiBid.Simulator.Serve.Log;

/// <summary>Paths without what must not be written down.</summary>
internal static partial class Blotted
{
    /// <summary>A path and query with the values of keys, tokens and passwords blotted.</summary>
    public static string Path(string pathAndQuery) => Secret().Replace(pathAndQuery, "$1=***");

    [GeneratedRegex("(?<=[?&])([^=&]*(?:key|token|password|secret)[^=&]*)=[^&]*", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
