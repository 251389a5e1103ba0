using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Admin;

/// <summary>Reads the zone in the path of an administrators' call.</summary>
internal static class AdminPath
{
    /// <summary>Its description.</summary>
    public static readonly PathParameter ZoneParameter = new("zone", Parameters.RequiredZone);

    /// <exception cref="Problems.ApiProblem">There is no such zone.</exception>
    public static MarketZone Zone(string text)
    {
        ParameterCheck.Check(Parameters.RequiredZone, text);
        _ = MarketZones.TryParse(text, out var zone);
        return zone;
    }
}
