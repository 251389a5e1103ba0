using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace OptiBid.Simulator.Serve.Answers;

/// <summary>Conditional requests, as web servers answer them for files (RFC 9110, section 13).</summary>
internal static class ConditionalRequest
{
    /// <summary>Sets <c>ETag</c> and <c>Last-Modified</c>; true when the caller has this state already.</summary>
    public static bool IsUnchanged(HttpContext http, DateTimeOffset changed)
    {
        changed = new DateTimeOffset(changed.UtcTicks - changed.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
        var tag = $"\"{changed.ToUnixTimeSeconds().ToString("x", CultureInfo.InvariantCulture)}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.LastModified = changed.ToString("R", CultureInfo.InvariantCulture);

        if (http.Request.Headers.TryGetValue(HeaderNames.IfNoneMatch, out var tags))
            return tags.ToString().Split(',', StringSplitOptions.TrimEntries).Any(candidate => candidate == "*" || candidate.TrimStart('W', '/') == tag);
        return http.Request.GetTypedHeaders().IfModifiedSince is { } since && changed <= since;
    }
}
