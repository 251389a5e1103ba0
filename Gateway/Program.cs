using OptiBid.Gateway;
using OptiBid.Gateway.Api;
using OptiBid.Gateway.Health;
using OptiBid.Gateway.Hubs;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Management;
using OptiBid.Gateway.Security;
using OptiBid.Gateway.Screen;
using OptiBid.Silo.Commands;
using OptiBid.Silo.Hosting;
using OptiBid.Silo.Operations;

if (OperatorCommands.Are(args)) return await Entry.RunAsync(() => OperatorCommands.RunAsync(args));

return await Entry.RunAsync(async () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddSecurity();
    builder.AddManagement();
    builder.AddTelemetry("optibid-gateway");
    builder.AddCluster();
    builder.AddLivePrices();
    builder.AddApi();
    builder.AddPricesHub();
    builder.AddGatewayHealth();

    var app = builder.Build();
    app.UsePipeline();
    app.PrintBanner(Composition.Describe(app.Configuration));
    await app.RunAsync();
});
