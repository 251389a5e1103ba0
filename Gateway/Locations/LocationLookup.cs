using System.Security.Claims;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Security;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Locations;

/// <summary>The one location that a caller asks for, or the reason why there is none for him.</summary>
internal sealed class LocationLookup(LocationResolver resolver, ZoneVisibility visibility)
{
    private const int ShownCandidates = 5;

    /// <exception cref="ApiProblem">The zone is not for him, nobody knows the location, or several bear the name.</exception>
    public LocationId Find(MarketZone zone, string text, ClaimsPrincipal caller)
    {
        if (FindOrDefault(zone, text, caller) is { } found) return found;
        throw resolver.KnowsAll ? ApiProblem.UnknownLocation(zone.Name(), text) : ApiProblem.HistoryUnavailable();
    }

    /// <summary>Null when nobody knows the location.</summary>
    public LocationId? FindOrDefault(MarketZone zone, string text, ClaimsPrincipal caller)
    {
        if (!visibility.For(caller).Contains(zone)) throw ApiProblem.ZoneNotPublic(zone.Name());
        return resolver.Resolve(zone, text) switch
        {
            [var only] => only,
            [] => null,
            var several => throw ApiProblem.AmbiguousLocation(text, several.Take(ShownCandidates).Select(static id => id.Location)),
        };
    }
}
