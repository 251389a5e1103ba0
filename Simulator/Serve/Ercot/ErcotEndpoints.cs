using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Ercot;

/// <summary>
/// ERCOT under <c>/ercot</c>: files (<c>misapp</c>, <c>misdownload</c>), dashboards, tokens (<c>token</c>), and the public API under
/// <c>api/public-reports</c> as well as directly, for those who have one address for all.
/// </summary>
internal sealed class ErcotEndpoints
{
    private const string Archive = "archive/";

    private readonly ServeOptions _options;
    private readonly ErcotTokens _tokens;
    private readonly ErcotPublicApi _api;
    private readonly ErcotDashboards _dashboards;
    private readonly ErcotCorrectionApi _corrections;
    private readonly ErcotDocuments _documents;
    private readonly ErcotArchive _archive;

    public ErcotEndpoints(ServedMarket market, ServeOptions options)
    {
        _options = options;
        _tokens = new(options.TokenLife);
        _api = new(market);
        _dashboards = new(market);
        _corrections = new(market);
        ErcotReport[] reports = [.. new ErcotPriceReports(market).All(), .. new ErcotForecastReports(market).All(), .. new ErcotCorrectionReports(market).All()];
        _documents = new(reports);
        _archive = new(reports, _documents);
    }

    /// <summary>Maps all of it.</summary>
    public void Map(IEndpointRouteBuilder app, MarketCalls calls)
    {
        app.MapGet("/ercot/misapp/servlets/IceDocListJsonWS", (HttpContext http) =>
            calls.RunAsync(http, MarketZone.ERCOT, HostKind.Files, http.Request.Query["reportTypeId"].ToString(), _documents.List));
        app.MapGet("/ercot/misdownload/servlets/mirDownload", (HttpContext http) => http.Request.Query["doclookupId"].ToString() is var id
            ? calls.RunAsync(http, MarketZone.ERCOT, HostKind.Files, _documents.ReportOf(id)?.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown", call => _documents.Document(call, id))
            : Task.CompletedTask);
        app.MapGet("/ercot/api/1/services/read/dashboards/{name}.json", (HttpContext http, string name) =>
            calls.RunAsync(http, MarketZone.ERCOT, HostKind.Files, name, call => _dashboards.Read(call, name)));
        foreach (var root in new[] { "/ercot/api/public-reports/", "/ercot/" })
        {
            app.MapGet(root + "{product}/{report}", (HttpContext http, string product, string report) =>
                calls.RunAsync(http, MarketZone.ERCOT, HostKind.Api, product == "archive" ? report : product, call => Api(call, $"{product}/{report}")));
        }

        foreach (var path in new[] { "/ercot/token", "/ercot/ercotb2c.onmicrosoft.com/B2C_1_PUBAPI-ROPC-FLOW/oauth2/v2.0/token" })
        {
            app.MapPost(path, async (HttpContext http) =>
            {
                var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
                await calls.RunAsync(http, MarketZone.ERCOT, "token", "token", call => _tokens.Issue(form, call.Now));
            });
        }
    }

    private Answer Api(MarketCall call, string path)
    {
        var request = call.Http.Request;
        if (_options.ErcotKey is { } key && request.Headers["Ocp-Apim-Subscription-Key"] != key)
            return Refusals.Unauthorized("Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.");
        // Without a key to ask for, a call without a token is let in as well; a token that is sent has to be good.
        if ((_options.ErcotKey is not null || request.Headers.Authorization.Count > 0) && _tokens.Refuse(request, call.Now) is { } refusal) return Refusals.Unauthorized(refusal);
        if (path.StartsWith(Archive, StringComparison.OrdinalIgnoreCase)) return _archive.Read(call, path[Archive.Length..]);
        if (ErcotCorrectionApi.Has(path)) return _corrections.Page(call, path);
        return ErcotPublicApi.Has(path) ? _api.Page(call, path) : Refusals.NotFound();
    }
}
