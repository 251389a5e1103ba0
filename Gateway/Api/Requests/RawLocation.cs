using Microsoft.AspNetCore.Http.Features;

namespace OptiBid.Gateway.Api.Requests;

/// <summary>
/// The location at the end of a path, as the caller encoded it. Routing leaves <c>%2F</c> as it is, so that there a
/// slash and the text "%2F" look alike; the raw target tells them apart.
/// </summary>
internal static class RawLocation
{
    /// <param name="context">The request; its path ends in <c>/{zone}/{location}</c>.</param>
    /// <param name="routed">The location as routing has it: stands in where there is no raw target.</param>
    public static string Of(HttpContext context, string routed)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        return Of(target, routed);
    }

    public static string Of(string target, string routed)
    {
        const string Prices = "/prices/";
        var path = target.Split('?', 2)[0];
        var start = path.IndexOf(Prices, StringComparison.OrdinalIgnoreCase);
        var slash = start < 0 ? -1 : path.IndexOf('/', start + Prices.Length);
        return slash < 0 ? Uri.UnescapeDataString(routed) : Uri.UnescapeDataString(path[(slash + 1)..]);
    }
}
