using Scalar.AspNetCore;

namespace OptiBid.Gateway.Api.Docs;

/// <summary>The interface, described: <c>/openapi/v1.json</c> for programs, <c>/docs</c> for people.</summary>
internal static class DocsExtensions
{
    public static IServiceCollection AddDocs(this IServiceCollection services) => services.AddOpenApi("v1", static options =>
    {
        options.AddOperationTransformer<CallTransformer>();
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info.Title = "OptiBid.Orleans";
            document.Info.Version = "v1";
            document.Info.Description =
                "Live and historical electricity prices of the US wholesale markets. Prices are in $/MWh and may be zero or negative; " +
                "times are ISO 8601, UTC, and name the start of an interval. Lists are paged: pass next_cursor as cursor for the next page. " +
                "Unknown parameters are refused. Errors are problem documents (RFC 9457) with a stable type. " +
                "An answer with an ETag can be asked for again with If-None-Match, which gives 304 while it is the same; Cache-Status (RFC 9211) says whether an answer of the history was kept.\n\n" +
                "Live prices are pushed over server-sent events (below) and over SignalR at /hubs/prices: Subscribe({zones, locations, price_types, max_rate_hz}) " +
                "returns a snapshot and then pushes prices(PriceView[]); lag(dropped) tells a slow client what it missed; Unsubscribe() ends it; " +
                "StreamPrices(filter) streams every price. Traders are called by alerts(AlertView[]) with what their rules have fired.";
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
    });

    /// <summary>Both pages. The reference needs nothing from another host.</summary>
    public static WebApplication MapDocs(this WebApplication app)
    {
        app.MapOpenApi();
        app.MapScalarApiReference("/docs", static options =>
        {
            options.Title = "OptiBid.Orleans API";
            options.OpenApiRoutePattern = "/openapi/v1.json";
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.Agent = new ScalarAgentOptions { Disabled = true };
            options.Mcp = new ScalarMcpOptions { Disabled = true };
            options.HideClientButton = true;
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
        });
        return app;
    }
}
