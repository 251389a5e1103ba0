using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.HttpOverrides;
using OptiBid.Gateway.Management;
using OptiBid.Silo.Hosting;

namespace OptiBid.Gateway.Security;

/// <summary>Where the gateway meets the internet: proxies before it, HTTPS, pages of other origins, compression.</summary>
internal static class Edge
{
    public static WebApplicationBuilder AddEdge(this WebApplicationBuilder builder)
    {
        var proxies = builder.Configuration.GetSection(ProxyOptions.Section).Get<ProxyOptions>() ?? new();
        var https = builder.Configuration.GetSection(HttpsOptions.Section).Get<HttpsOptions>() ?? new();
        var origins = builder.Configuration.GetSection(OriginOptions.Section).Get<OriginOptions>() ?? new();
        if ((proxies.FindFault() ?? https.FindFault() ?? origins.FindFault()) is { } fault) throw new StartRefusedException(fault);

        builder.Services.AddSingleton(proxies).AddSingleton(https).AddSingleton(origins);
        builder.Services.AddHttpsRedirection(redirection => redirection.HttpsPort = https.Port);
        builder.Services.AddHsts(hsts => hsts.MaxAge = https.HstsMaxAge);
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => Allow(policy, origins)));
        builder.Services.AddCompression();
        return builder;
    }

    public static WebApplication UseEdge(this WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<ProxyOptions>();
        var https = app.Services.GetRequiredService<HttpsOptions>();
        if (proxies.Any) app.UseForwardedHeaders(Forwarding(proxies));
        if (https.Redirect) app.UseWhen(static context => !ManagementExtensions.IsFor(context), static users => users.UseHttpsRedirection());
        if (https.Hsts) app.UseHsts();
        app.UseOrigins();
        app.UseCompression();
        return app;
    }

    private static ForwardedHeadersOptions Forwarding(ProxyOptions proxies)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,

            // As many as there are: each must be a known one, and the first that is not is the caller.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies.KnownProxies) options.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));
        foreach (var network in proxies.KnownNetworks) options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        return options;
    }

    // With credentials, because SignalR's client sends them unless told not to, and cookies may keep it with one gateway.
    // None of ours is a cookie, so nothing that a browser adds by itself lets a caller in.
    private static void Allow(CorsPolicyBuilder policy, OriginOptions origins) => policy
        .WithOrigins(origins.Origins).AllowAnyHeader().AllowAnyMethod().AllowCredentials()
        .WithExposedHeaders("Retry-After", BudgetHeaders.Policy, BudgetHeaders.Left, "Location", "Content-Disposition", "ETag", "Age", "Cache-Status");
}
