using System.Globalization;

namespace OptiBid.Connectors.Caiso.Oasis;

/// <summary>Times as OASIS writes them, GMT. Reading remembers: a report repeats a few intervals a million times. For one caller at a time.</summary>
internal sealed class OasisTime
{
    private const int Kept = 10_000;

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    private readonly Dictionary<string, DateTimeOffset?> _read = new(StringComparer.Ordinal);

    /// <summary>An instant as a parameter, such as <c>20261122T17:00-0000</c>.</summary>
    public static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyyMMdd'T'HH:mm'-0000'", CultureInfo.InvariantCulture);

    /// <summary>Reads a time of a row, such as <c>2026-11-22T17:00:00-00:00</c>.</summary>
    public bool TryRead(string text, out DateTimeOffset time)
    {
        if (!_read.TryGetValue(text, out var known))
        {
            known = DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var read) ? read : null;
            if (_read.Count < Kept) _read[text] = known;
        }

        time = known ?? default;
        return known is not null;
    }
}
