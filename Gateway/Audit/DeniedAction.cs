using Microsoft.AspNetCore.Routing.Patterns;

namespace OptiBid.Gateway.Audit;

/// <summary>What somebody was kept from, by name.</summary>
internal static class DeniedAction
{
    /// <summary>
    /// <c>denied.</c> and the operation's name in the API's document (<c>denied.QueryPrices</c>), or else the fixed parts of its
    /// route (<c>denied.hubs.prices.negotiate</c>); <c>denied.unknown</c> where there is no such page.
    /// </summary>
    public static string NameOf(Endpoint? endpoint) => "denied." + (
        endpoint?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName is { Length: > 0 } name ? name
        : endpoint is RouteEndpoint route ? Fixed(route.RoutePattern)
        : "unknown");

    private static string Fixed(RoutePattern pattern)
    {
        var parts = pattern.PathSegments.Where(static segment => segment.IsSimple).Select(static segment => segment.Parts[0])
            .OfType<RoutePatternLiteralPart>().Select(static part => part.Content).ToArray();
        return parts.Length == 0 ? "root" : string.Join('.', parts);
    }
}
