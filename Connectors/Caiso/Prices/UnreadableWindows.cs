using System.Globalization;
using OptiBid.Connectors.Caiso.Oasis;
using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Caiso.Prices;

/// <summary>
/// Windows whose answer is no use: each is tried again, and one that stays so is passed over, so that it does not hold up
/// what comes after it. What it lacks is a hole in the history, and fetched as such. For one caller at a time.
/// </summary>
internal sealed class UnreadableWindows
{
    /// <summary>Readings after which a window is passed over.</summary>
    public const int Attempts = 5;

    private readonly Dictionary<DateTimeOffset, (int Failures, bool IsPassedOver, string Why)> _windows = [];

    /// <summary>Whether one of these is known to have been unreadable.</summary>
    public bool AnyOf(IEnumerable<OasisWindow> windows) => windows.Any(window => _windows.ContainsKey(window.Key));

    /// <summary>Whether a window has been passed over.</summary>
    public bool IsPassedOver(OasisWindow window) => _windows.TryGetValue(window.Key, out var trouble) && trouble.IsPassedOver;

    /// <summary>What ails a window, in words.</summary>
    public string Words(OasisWindow window) => string.Create(
        CultureInfo.InvariantCulture,
        $"what begins at {window.Key:u} could not be read {Attempts} times and is passed over ({_windows[window.Key].Why}); it is a hole now, and fetched again as such");

    /// <summary>Notes that a window's answer is no use.</summary>
    /// <param name="window">The window.</param>
    /// <param name="error">Why.</param>
    /// <param name="isOver">Whether all of it is published by now: one that is not may yet be read.</param>
    /// <returns>True when it is passed over.</returns>
    public bool Add(OasisWindow window, MarketFeedException error, bool isOver)
    {
        var failures = _windows.TryGetValue(window.Key, out var before) ? before.Failures + 1 : 1;
        var why = error.Message.StartsWith(error.Feed + ": ", StringComparison.Ordinal) ? error.Message[(error.Feed.Length + 2)..] : error.Message;
        var isPassedOver = failures >= Attempts && isOver;
        _windows[window.Key] = (failures, isPassedOver, why);
        return isPassedOver;
    }

    /// <summary>Forgets a window that has been read.</summary>
    public void Remove(OasisWindow window) => _windows.Remove(window.Key);

    /// <summary>Forgets what lies before a range: nobody asks for it any more.</summary>
    public void ForgetBefore(DateTimeOffset start)
    {
        foreach (var key in _windows.Keys.Where(key => key < start).ToArray()) _windows.Remove(key);
    }
}
