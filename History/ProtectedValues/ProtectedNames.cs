using OptiBid.History.Batches;

namespace OptiBid.History.ProtectedValues;

/// <summary>What both stores ask of a protected value's name.</summary>
internal static class ProtectedNames
{
    /// <exception cref="HistoryRejectedException">It is no name; says why.</exception>
    public static string Check(string name) =>
        name.Length is 0 or > IProtectedValues.NameLength
            ? throw new HistoryRejectedException($"A protected value's name has 1 to {IProtectedValues.NameLength} characters; this one has {name.Length}.")
            : CheckPrefix(name);

    /// <exception cref="HistoryRejectedException">No name can begin with it.</exception>
    public static string CheckPrefix(string prefix) =>
        StorableText.Is(prefix)
            ? prefix
            : throw new HistoryRejectedException($"'{StorableText.Make(prefix, IProtectedValues.NameLength)}' is not text that can name a protected value.");
}
