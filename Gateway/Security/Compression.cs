using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using OptiBid.Gateway.Api.Output;

namespace OptiBid.Gateway.Security;

/// <summary>
/// Compresses prices and places, over TLS too. What a compressed answer's length gives away (BREACH) needs a secret in
/// it, and text of an attacker's beside it in a request that a browser signs by itself. Here tokens stand in a header that
/// no browser adds by itself, and what is compressed are market data. Answers to administrators, those about alerts, which
/// may have a webhook's secret in them, and the hub's negotiation, which has a connection's token in it, are left alone, and so are streams, whose events must not wait for one another.
/// </summary>
internal static class Compression
{
    public static IServiceCollection AddCompression(this IServiceCollection services)
    {
        services.Configure<BrotliCompressionProviderOptions>(static brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(static gzip => gzip.Level = CompressionLevel.Fastest);
        services.AddResponseCompression(static compression =>
        {
            compression.EnableForHttps = true;
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
            compression.MimeTypes = [ResponseFormats.Json, ResponseFormats.NdJson, ResponseFormats.Csv];
        });
        return services;
    }

    public static void UseCompression(this WebApplication app) =>
        app.UseWhen(static context => IsMarketData(context.Request.Path), static api => api.UseResponseCompression());

    private static bool IsMarketData(PathString path) =>
        path.StartsWithSegments("/api/v1", out var call) && !call.StartsWithSegments("/admin") && !call.StartsWithSegments("/alerts") && !call.StartsWithSegments("/stream")
        || path.StartsWithSegments("/openapi");
}
