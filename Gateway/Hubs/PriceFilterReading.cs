using System.Globalization;
using Microsoft.AspNetCore.SignalR;
using OptiBid.Gateway.Api.Admin;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Locations;
using OptiBid.Gateway.Security;

namespace OptiBid.Gateway.Hubs;

/// <summary>Checks a SignalR client's filter by the same rules as the REST calls; what a caller may not see is recorded as denied.</summary>
internal sealed class PriceFilterReading(LocationResolver locations, ZoneVisibility visibility, AdminAudit audit)
{
    private static readonly Parameter[] Known = [Parameters.Zones, Parameters.Locations, Parameters.PriceTypeList, Parameters.MaxRate];

    /// <summary>The filter and the rate asked for.</summary>
    /// <exception cref="HubException">The filter is not valid; says what is wrong with which field.</exception>
    public (PriceFilter Filter, double Hz) Read(PriceFilterRequest? request, HubCallerContext caller, string method)
    {
        try
        {
            var values = Check(request ?? new());
            var zones = values.Zones(Parameters.Zones, visibility.For(caller.User));
            var filter = new PriceFilter(
                zones,
                values.Has(Parameters.Locations) ? locations.ResolveAll(zones, values.Texts(Parameters.Locations)) : null,
                values.PriceTypes(Parameters.PriceTypeList));
            return (filter, values.Number(Parameters.MaxRate)!.Value);
        }
        catch (ApiProblem problem)
        {
            if (problem.Status == StatusCodes.Status403Forbidden && caller.GetHttpContext() is { } context) audit.WriteDenied(context, "hubs.prices." + method);
            throw new HubException($"{problem.Field}: {problem.Message}");
        }
    }

    private static RequestValues Check(PriceFilterRequest request)
    {
        if (request.Unknown is { Count: > 0 } unknown)
            throw ApiProblem.UnknownParameter(unknown.Keys.First(), Known.Select(static parameter => parameter.Name));

        var values = new Dictionary<string, IReadOnlyList<string>>();
        Add(Parameters.Zones, request.Zones);
        Add(Parameters.Locations, request.Locations);
        Add(Parameters.PriceTypeList, request.PriceTypes);
        if (request.MaxRateHz is { } hz) Add(Parameters.MaxRate, [hz.ToString(CultureInfo.InvariantCulture)]);
        return new RequestValues(values);

        void Add(Parameter parameter, IReadOnlyList<string>? texts)
        {
            if (texts is not { Count: > 0 }) return;
            if (texts.Count > parameter.MaxCount)
                throw ApiProblem.InvalidParameter(parameter.Name, null, $"{parameter.Name} may have {parameter.MaxCount} values at the most.");
            foreach (var text in texts) ParameterCheck.Check(parameter, text ?? "");
            values[parameter.Name] = texts;
        }
    }
}
