using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Admin;

/// <summary>The market in the path of a call.</summary>
internal static class AdminZone
{
    /// <summary>Its description.</summary>
    public static readonly PathParameter Parameter = new("zone", Parameters.Zone);

    /// <exception cref="Problems.ApiProblem">It is none.</exception>
    public static MarketZone Read(string zone)
    {
        ParameterCheck.Check(Parameters.Zone, zone);
        return MarketZones.TryParse(zone, out var market) ? market : throw new InvalidOperationException($"'{zone}' is allowed as a zone, but none.");
    }
}
