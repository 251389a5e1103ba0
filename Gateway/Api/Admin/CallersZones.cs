using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Security.ApiKeys;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Admin;

/// <summary>Keeps a key that is made out for some zones to these, in every call with a zone in its path.</summary>
internal sealed class CallersZones : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        return MarketZones.TryParse(http.Request.RouteValues["zone"] as string, out var zone) && !KeyIdentity.ZonesOf(http.User).Contains(zone)
            ? throw ApiProblem.ZoneNotPublic(zone.Name())
            : next(context);
    }
}
