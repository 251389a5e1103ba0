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
        var options = builder.Configuration.GetSection(LimitOptions.Section).Get<LimitOptions>() ?? new();
        if (options.FindFault() is { } fault) throw new StartRefusedException(fault);

        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<ConnectionLimit>();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<ConnectionLimit, ManagementOptions>(Apply);
        return builder;
    }

    private static void Apply(KestrelServerOptions kestrel, ConnectionLimit connections, ManagementOptions management)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        kestrel.ConfigureEndpointDefaults(listen =>
        {
            if (management.Port is null || listen.IPEndPoint?.Port != management.Port) connections.Apply(listen);
        });
    }
}
