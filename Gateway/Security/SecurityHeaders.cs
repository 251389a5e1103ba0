namespace OptiBid.Gateway.Security;

/// <summary>Headers that tell a browser to trust the pages with as little as they need.</summary>
internal static class SecurityHeaders
{
    private const string Common =
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; connect-src 'self'; " +
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; ";

    /// <summary>The web screen: its own scripts and nothing else.</summary>
    private const string Strict = Common + "script-src 'self'";

    /// <summary>The API reference and the Orleans dashboard carry scripts inside their pages.</summary>
    private const string Inline = Common + "script-src 'self' 'unsafe-inline'; worker-src 'self' blob:";

    public static WebApplication UseSecurityHeaders(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            // At the last moment, because an error page starts with no headers.
            context.Response.OnStarting(static state =>
            {
                Apply((HttpContext)state);
                return Task.CompletedTask;
            }, context);
            return next(context);
        });
        return app;
    }

    private static void Apply(HttpContext context)
    {
        var path = context.Request.Path;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = path.StartsWithSegments("/docs") || path.StartsWithSegments("/dashboard") ? Inline : Strict;
    }
}
