using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Connections;
using OptiBid.Gateway.Api.Output;
using OptiBid.Gateway.Security;

namespace OptiBid.Gateway.Hubs;

/// <summary>The SignalR interface, in JSON and MessagePack.</summary>
internal static class HubExtensions
{
    private const int MaxMessageBytes = 64 * 1024;

    public static IHostApplicationBuilder AddPricesHub(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PriceFilterReading>();
        builder.Services.AddSingleton<PricePushes>();
        builder.Services.AddSingleton<StreamLimit>();
        builder.Services.AddSingleton<QualityPushes>();
        builder.Services.AddSingleton<AlertPushes>();
        builder.Services
            .AddSignalR(static options =>
            {
                options.EnableDetailedErrors = false;
                options.MaximumReceiveMessageSize = MaxMessageBytes;
            })
            .AddJsonProtocol(static json =>
            {
                json.PayloadSerializerOptions.PropertyNamingPolicy = ApiJson.Default.Options.PropertyNamingPolicy;
                json.PayloadSerializerOptions.MaxDepth = 8;
                json.PayloadSerializerOptions.TypeInfoResolver = JsonTypeInfoResolver.Combine(ApiJson.Default, new DefaultJsonTypeInfoResolver());
            })
            .AddMessagePackProtocol();
        return builder;
    }

    public static WebApplication MapPricesHub(this WebApplication app)
    {
        app.MapHub<PricesHub>("/hubs/prices", static options =>
        {
            options.CloseOnAuthenticationExpiration = true;
            options.Transports = HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling;
        }).HoldsConnection();
        return app;
    }
}
