using OptiBid.Silo.Hosting;

namespace OptiBid.Gateway.Audit;

/// <summary>Registers the way into the audit log.</summary>
internal static class AuditExtensions
{
    public static IServiceCollection AddAudit(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(AuditOptions.Section).Get<AuditOptions>() ?? new();
        if (options.FindFault() is { } fault) throw new StartRefusedException(fault);
        return services.AddSingleton(options).AddSingleton<AuditQueue>().AddHostedService<AuditWriter>();
    }
}
