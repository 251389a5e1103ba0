namespace OptiBid.Gateway.Api.Docs;

/// <summary>A parameter that stands in the path.</summary>
/// <param name="Name">Its name in the route.</param>
/// <param name="Parameter">Its description.</param>
internal sealed record PathParameter(string Name, Requests.Parameter Parameter);

/// <summary>Says beside a route what the call is.</summary>
internal static class CallDescription
{
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, ApiCall call, string name, string summary, string description)
    {
        route.WithMetadata(call).WithName(name).WithSummary(summary).WithDescription(description);
        foreach (var status in call.Refusals.Prepend(400).Append(StatusCodes.Status429TooManyRequests)) route.ProducesProblem(status);
        return route;
    }
}
