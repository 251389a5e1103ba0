using Microsoft.Net.Http.Headers;

namespace OptiBid.Gateway.Screen;

/// <summary>The web screen at <c>/</c>: files of <c>wwwroot</c>, or a page in words where it was not built.</summary>
internal static class WebClient
{
    private const string NotBuilt = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>OptiBid.Orleans</title>
        <h1>OptiBid.Orleans</h1>
        <p>The gateway runs. The web screen was not built: build the Gateway project with Node.js installed and start again.</p>
        <ul>
        <li><a href="docs">The API, to read and to try</a></li>
        <li><a href="api/v1/prices/live">Newest prices</a></li>
        <li><a href="dashboard">Orleans dashboard</a></li>
        <li><a href="health">Health</a></li>
        </ul>
        """;

    /// <summary>Serves the files; they hold no prices, so they are open to everybody.</summary>
    public static WebApplication UseWebClient(this WebApplication app)
    {
        app.UseDefaultFiles();
        app.UseStaticFiles(new StaticFileOptions
        {
            // Vite puts a hash of the content into the names of what lies in assets.
            OnPrepareResponse = static context => context.Context.Response.Headers[HeaderNames.CacheControl] =
                context.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache",
        });
        return app;
    }

    /// <summary>The page in words, where there is no screen: an endpoint at <c>/</c> would hide the file from the middleware.</summary>
    public static WebApplication MapWebClientFallback(this WebApplication app)
    {
        if (app.Environment.WebRootFileProvider.GetFileInfo("index.html").Exists) return app;
        app.MapGet("/", static () => TypedResults.Content(NotBuilt, "text/html; charset=utf-8")).AllowAnonymous().ExcludeFromDescription();
        return app;
    }
}
