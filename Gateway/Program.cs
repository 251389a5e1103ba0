using Orleans.Dashboard;
using OptiBid.Gateway;
using OptiBid.Gateway.Api;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Health;
using OptiBid.Gateway.Hubs;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Security;
using OptiBid.Gateway.Screen;
using OptiBid.Silo.Hosting;
using OptiBid.Silo.Operations;

return await Entry.RunAsync(async () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddSecurity();
    builder.AddTelemetry("optibid-gateway");
    builder.AddCluster();
    builder.AddLivePrices();
    builder.AddApi();
    builder.AddPricesHub();
    builder.AddGatewayHealth();

    var app = builder.Build();
    app.UseProblems();
    app.UseSecurityHeaders();
    app.UseWebClient();
    app.UseSecurity();
    app.MapApi();
    app.MapPricesHub();
    app.MapDocs();
    app.MapHealth();
    app.MapMetrics();
    app.MapOrleansDashboard("/dashboard").RequireAuthorization(SecurityExtensions.Operators).ExcludeFromDescription();
    app.MapWebClientFallback();
    app.PrintBanner(Composition.Describe(app.Configuration));
    await app.RunAsync();
});
