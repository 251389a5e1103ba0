using System.Globalization;

namespace OptiBid.Gateway.Api.Requests;

/// <summary>Times as callers write them.</summary>
internal static class IsoTime
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Reads ISO 8601 with Z or an offset, years 1990 to 2199, into UTC. A time without an offset could mean anything, so it is none.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        if (text.Length is >= 17 and <= 40 && (text[^1] is 'Z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)
            && time.UtcDateTime.Year is >= 1990 and < 2200)
        {
            time = time.ToUniversalTime();
            return true;
        }

        time = default;
        return false;
    }
}
