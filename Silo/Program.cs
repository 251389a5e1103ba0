using OptiBid.Silo;
using OptiBid.Silo.Operations;

var builder = WebApplication.CreateBuilder(args);
builder.AddTelemetry("optibid-silo");
builder.AddOptiBidSilo();

var app = builder.Build();
app.MapHealth();
app.MapMetrics();
await app.RunAsync();
