using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OptiBid.Benchmarks.Streams;
using OptiBid.Gateway;
using OptiBid.Gateway.Api;
using OptiBid.Gateway.Health;
using OptiBid.Gateway.Hubs;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Management;
using OptiBid.Gateway.Security;
using OptiBid.Silo.Operations;
using Orleans.Configuration;

namespace OptiBid.Benchmarks.Rest;

/// <summary>
/// The whole gateway in this process, as Program.cs puts it together, with simulated markets, and one endpoint besides,
/// which passes through all that the others do and answers with bytes that never change.
/// </summary>
internal sealed class GatewayHere : IAsyncDisposable
{
    private readonly DirectoryInfo _data;
    private readonly WebApplication _app;

    private GatewayHere(DirectoryInfo data, WebApplication app, string zone, string location)
    {
        (_data, _app) = (data, app);
        Live = $"/api/v1/prices/live?zone={zone}&location={location}&price_type=REAL_TIME_5_MIN";
        Whole = $"/api/v1/prices/{zone}/{location}";
    }

    public Uri Address => new(_app.Urls.First());

    /// <summary>What it is made of.</summary>
    public IServiceProvider Services => _app.Services;

    public string Constant => "/constant";

    /// <summary>The newest price of one location, from the table in memory.</summary>
    public string Live { get; }

    /// <summary>The same location whole, from its grain.</summary>
    public string Whole { get; }

    public static async Task<GatewayHere> StartAsync()
    {
        var data = Directory.CreateTempSubdirectory("optibid-rest-");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            EnvironmentName = "Development",
            ApplicationName = typeof(LivePrices).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Data:Directory"] = data.FullName,
            ["Connectors:CAISO:Feed"] = "Off",
            ["Connectors:ERCOT:Feed"] = "Off",
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddSecurity();
        builder.AddManagement();
        builder.AddTelemetry("optibid-gateway");
        builder.AddCluster();
        builder.AddLivePrices();
        builder.AddApi();
        builder.AddPricesHub();
        builder.AddGatewayHealth();

        // The streams' floor is a grain of this program, and would want the prices too.
        builder.Services.Configure<GrainTypeOptions>(static grains => grains.Classes.Remove(typeof(DrainGrain)));

        var app = builder.Build();
        app.UsePipeline();
        var answer = ""u8.ToArray();
        app.MapGet("/constant", context =>
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.ContentLength = answer.Length;
            return context.Response.Body.WriteAsync(answer).AsTask();
        });
        await app.StartAsync();

        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        JsonNode? hub = null;
        while (hub is null)
        {
            await Task.Delay(200);
            var page = await http.GetFromJsonAsync<JsonNode>("/api/v1/prices/live?zone=PJM&location_type=HUB&price_type=REAL_TIME_5_MIN&limit=1");
            hub = page!["items"]!.AsArray().FirstOrDefault();
        }

        var here = new GatewayHere(data, app, (string)hub["market_zone"]!, (string)hub["location"]!);
        answer = await http.GetByteArrayAsync(here.Live);
        return here;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
