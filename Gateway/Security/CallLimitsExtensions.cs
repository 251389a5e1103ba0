using Microsoft.AspNetCore.RateLimiting;

namespace OptiBid.Gateway.Security;

/// <summary>Puts <see cref="CallLimits"/> on the way of a request.</summary>
internal static class CallLimitsExtensions
{
    public static IServiceCollection AddCallLimits(this IServiceCollection services)
    {
        services.AddSingleton<CallLimits>();
        services.AddRateLimiter(static _ => { });
        services.AddOptions<RateLimiterOptions>().Configure<CallLimits>(static (limiter, limits) => limits.Apply(limiter));
        return services;
    }

    /// <summary>Behind authentication, because a budget is a caller's; before authorization, so that refused calls count too.</summary>
    public static WebApplication UseCallLimits(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<CallLimits>();
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                limits.WriteHeaders(context);
                return Task.CompletedTask;
            });
            return next(context);
        });
        app.UseRateLimiter();
        return app;
    }
}
