using Microsoft.AspNetCore.Server.Kestrel.Core;
using OptiBid.Gateway.Management;
using OptiBid.Silo.Hosting;

namespace OptiBid.Gateway.Security;

/// <summary>What a request and a connection may cost before anybody has looked at them.</summary>
internal static class RequestLimits
{
    /// <summary>Largest request body, bytes.</summary>
    public const int MaxBodyBytes = 1024 * 1024;

    public static WebApplicationBuilder AddLimits(this WebApplicationBuilder builder)
    {
        var options = builder.Environment.IsDevelopment() ? LimitOptions.ForDevelopment() : new();
        builder.Configuration.GetSection(LimitOptions.Section).Bind(options);
        if (options.FindFault() is { } fault) throw new StartRefusedException(fault);

        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<ConnectionLimit>();
        builder.Services.AddCallLimits();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<ConnectionLimit, ManagementOptions, LimitOptions>(Apply);
        return builder;
    }

    private static void Apply(KestrelServerOptions kestrel, ConnectionLimit connections, ManagementOptions management, LimitOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        kestrel.Limits.RequestHeadersTimeout = options.HeadersTimeout;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        kestrel.ConfigureEndpointDefaults(listen =>
        {
            if (management.Port is null || listen.IPEndPoint?.Port != management.Port) connections.Apply(listen);
        });
    }
}
