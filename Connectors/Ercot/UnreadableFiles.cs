using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Ercot;

/// <summary>
/// Files that could not be read: each is tried again after growing pauses, and one whose content stays unreadable is given up,
/// so that it stands in the way of no other.
/// </summary>
internal sealed class UnreadableFiles
{
    /// <summary>Readings of a file's content after which it is given up.</summary>
    public const int Attempts = 5;

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly Dictionary<string, Trouble> _troubles = new(StringComparer.Ordinal);

    /// <summary>Files in trouble.</summary>
    public int Count => _troubles.Count;

    /// <summary>One of them with what ails it, in words; null when there is none.</summary>
    public string? Example => _troubles.Count == 0 ? null : _troubles.Values.Select(trouble => $"{trouble.Name}: {trouble.Why}").First();

    /// <summary>Whether the file has been in trouble.</summary>
    public bool Contains(ErcotDocument document) => _troubles.ContainsKey(document.Id);

    /// <summary>Whether the file may be tried: it has never failed, or its pause is over and it was not given up.</summary>
    public bool MayTry(ErcotDocument document, DateTimeOffset now) => !_troubles.TryGetValue(document.Id, out var trouble) || now >= trouble.NotBefore;

    /// <summary>Notes that a file could not be read.</summary>
    /// <param name="document">The file.</param>
    /// <param name="error">Why.</param>
    /// <param name="isContent">True when its content is at fault, false when it could not be had.</param>
    /// <param name="now">When.</param>
    /// <returns>True when it is given up herewith.</returns>
    public bool Add(ErcotDocument document, MarketFeedException error, bool isContent, DateTimeOffset now)
    {
        var failures = _troubles.TryGetValue(document.Id, out var before) ? before.Failures + 1 : 1;
        var isGivenUp = isContent && failures >= Attempts;
        var pause = Math.Min(LongestPause.TotalMinutes, Math.Pow(4, Math.Min(failures, 10) - 1));
        var why = error.Message.StartsWith(error.Feed + ": ", StringComparison.Ordinal) ? error.Message[(error.Feed.Length + 2)..] : error.Message;
        _troubles[document.Id] = new(document.Name, why, failures, isGivenUp ? DateTimeOffset.MaxValue : now.AddMinutes(pause));
        return isGivenUp;
    }

    /// <summary>Forgets a file that has been read.</summary>
    public void Remove(ErcotDocument document) => _troubles.Remove(document.Id);

    /// <summary>Forgets the files that the market lists no more.</summary>
    public void KeepOnly(IEnumerable<ErcotDocument> listed)
    {
        if (_troubles.Count == 0) return;
        var ids = listed.Select(document => document.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var id in _troubles.Keys.Where(id => !ids.Contains(id)).ToArray()) _troubles.Remove(id);
    }

    private readonly record struct Trouble(string Name, string Why, int Failures, DateTimeOffset NotBefore);
}
