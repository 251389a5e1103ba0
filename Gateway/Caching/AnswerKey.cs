using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OptiBid.Gateway.Api;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Live;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Caching;

/// <summary>
/// What an answer is kept under: a hash of everything that decides it. The zones that the caller may see are part of it, so
/// nobody gets what was read for somebody who may see more.
/// </summary>
internal static class AnswerKey
{
    // Another build may write the same answer in other words.
    private static readonly string Build = typeof(AnswerKey).Module.ModuleVersionId.ToString("N");

    /// <param name="name">The call's name.</param>
    /// <param name="call">What it takes.</param>
    /// <param name="values">What the caller gave, checked.</param>
    /// <param name="visible">The zones that he may see.</param>
    /// <param name="range">The range read, of which the default may hang on the present.</param>
    /// <param name="locations">Locations that the caller's texts were found to mean.</param>
    public static string Of(
        string name, ApiCall call, RequestValues values, ZoneSet visible, (DateTimeOffset Start, DateTimeOffset End) range, params IEnumerable<LocationId> locations)
    {
        var words = new StringBuilder();
        words.Append(Build).Append('\n').Append(name).Append('\n').Append(visible.Bits).Append('\n')
            .Append(Minute(range.Start)).Append('\n').Append(Minute(range.End)).Append('\n');
        foreach (var parameter in call.Parameters.SelectMany(static parameter => parameter.Leaves))
        {
            var isName = parameter.Allowed.Count > 0;
            foreach (var text in values.Texts(parameter).Select(text => isName ? text.ToUpperInvariant() : text).Order(StringComparer.Ordinal))
                words.Append(CultureInfo.InvariantCulture, $"{parameter.Name}={text.Length}:{text}\n");
        }

        foreach (var location in locations.Order(Comparer<LocationId>.Create(static (left, right) => string.CompareOrdinal(left.ToString(), right.ToString()))))
            words.Append(CultureInfo.InvariantCulture, $"@{(int)location.Zone}:{location.Location.Length}:{location.Location}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words.ToString())));
    }

    // Intervals begin with a minute, so that all ranges whose ends lie in one minute, its last instant included, hold the same prices.
    private static long Minute(DateTimeOffset time) => (time.UtcTicks + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute;
}
