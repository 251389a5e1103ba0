using OptiBid.Silo;
using OptiBid.Silo.Commands;
using OptiBid.Silo.Hosting;
using OptiBid.Silo.Operations;

if (OperatorCommands.Are(args)) return await Entry.RunAsync(() => OperatorCommands.RunAsync(args));

return await Entry.RunAsync(async () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddTelemetry("optibid-silo");
    builder.AddOptiBidSilo();

    var app = builder.Build();
    app.MapHealth();
    app.MapMetrics();
    await app.RunAsync();
});
