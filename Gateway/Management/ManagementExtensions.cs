using OptiBid.Gateway.Security;
using OptiBid.Silo.Hosting;
using OptiBid.Silo.Operations;

namespace OptiBid.Gateway.Management;

/// <summary>
/// Metrics and health. Where there is a management port, it serves them and nothing else, to whoever reaches it, and
/// the users' port has no metrics. The port a request came in by decides, never its Host header, which a caller may choose.
/// </summary>
internal static class ManagementExtensions
{
    /// <summary>Listens on the management port too, where one is configured.</summary>
    public static WebApplicationBuilder AddManagement(this WebApplicationBuilder builder)
    {
        var urls = builder.Configuration[WebHostDefaults.ServerUrlsKey];
        var options = builder.Configuration.GetSection(ManagementOptions.Section).Get<ManagementOptions>() ?? new();
        if (options.FindFault(urls) is { } fault) throw new StartRefusedException(fault);

        builder.Services.AddSingleton(options);
        if (options.Port is { } port) builder.WebHost.UseUrls($"{urls};http://+:{port}");
        return builder;
    }

    /// <summary>Keeps the two ports apart.</summary>
    public static WebApplication UseManagementPort(this WebApplication app)
    {
        if (app.Services.GetRequiredService<ManagementOptions>().Port is not { } port) return app;
        app.Use((context, next) =>
        {
            var place = context.GetEndpoint()?.Metadata.GetMetadata<Place>();
            if (context.Connection.LocalPort == port ? place is not null : place is not { IsManagementOnly: true }) return next(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        return app;
    }

    /// <summary>Maps <c>/health</c> and <c>/metrics</c>.</summary>
    public static WebApplication MapManagement(this WebApplication app)
    {
        app.MapHealth().DisableRateLimiting().WithMetadata(new Place(IsManagementOnly: false));
        var metrics = app.MapMetrics();
        if (app.Services.GetRequiredService<ManagementOptions>().Port is null) metrics.RequireAuthorization(SecurityExtensions.OperatorsOfAllZones);
        else metrics.AllowAnonymous().DisableRateLimiting().WithMetadata(new Place(IsManagementOnly: true));
        return app;
    }

    /// <summary>True for health and metrics, on either port.</summary>
    public static bool IsFor(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<Place>() is not null;

    /// <summary>Marks what the management port serves.</summary>
    private sealed record Place(bool IsManagementOnly);
}
