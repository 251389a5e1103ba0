using OptiBid.Silo;
using OptiBid.Silo.Hosting;
using OptiBid.Silo.Operations;

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
