using OptiBid.Gateway.Api.Problems;

namespace OptiBid.Gateway.Security;

/// <summary>
/// Pages of other origins. For calls and event streams browsers keep them out by themselves unless they are told
/// otherwise (CORS); for web sockets they do not, so the hub looks at the origin itself.
/// </summary>
internal static class OriginCheck
{
    public static WebApplication UseOrigins(this WebApplication app)
    {
        var origins = app.Services.GetRequiredService<OriginOptions>();
        if (origins.Origins.Length > 0) app.UseCors();
        app.Use((context, next) => context.Request.Path.StartsWithSegments("/hubs") && !MayConnect(context.Request, origins)
            ? ProblemAnswers.Answer(ApiProblem.OriginNotAllowed(context.Request.Headers.Origin.ToString()), context).ExecuteAsync(context)
            : next(context));
        return app;
    }

    /// <summary>True without an origin, as programs call, for the page's own host, and for origins that are named.</summary>
    private static bool MayConnect(HttpRequest request, OriginOptions origins)
    {
        if (request.Headers.Origin.ToString() is not { Length: > 0 } origin || origins.Origins.Contains(origin)) return true;

        // The scheme is left out: it is the proxy's affair where TLS ends before.
        return Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && Uri.TryCreate($"{uri.Scheme}://{request.Host}", UriKind.Absolute, out var own)
            && uri.Host == own.Host && uri.Port == own.Port;
    }
}
