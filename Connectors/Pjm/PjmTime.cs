using System.Globalization;

namespace OptiBid.Connectors.Pjm;

/// <summary>
/// Reads the UTC columns of Data Miner 2; the columns of Eastern time beside them, which repeat an hour in autumn, are not looked at.
/// Thousands of rows follow each other with the same time, so the last one read is remembered.
/// </summary>
internal sealed class PjmTime
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "M/d/yyyy h:mm:ss tt", "M/d/yyyy H:mm", "M/d/yyyy H:mm:ss",
        "yyyy-MM-dd", "M/d/yyyy",
    ];

    private readonly char[] _lastText = new char[40];
    private int _lastLength;
    private DateTimeOffset _last;

    /// <summary>The instant; false for a text that is none.</summary>
    public bool TryRead(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        instant = _last;
        if (_lastLength > 0 && text.SequenceEqual(_lastText.AsSpan(0, _lastLength))) return true;
        if (!DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)) return false;

        instant = _last = new DateTimeOffset(time, TimeSpan.Zero);
        _lastLength = text.Length <= _lastText.Length ? text.Length : 0;
        text[.._lastLength].CopyTo(_lastText);
        return true;
    }
}
