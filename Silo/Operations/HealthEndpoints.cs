using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OptiBid.Silo.Operations;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it may be given work (checks tagged
/// <see cref="Ready"/>). <c>/health</c>: every check, in words.
/// </summary>
public static class HealthEndpoints
{
    /// <summary>Tag of the checks that readiness hangs on.</summary>
    public const string Ready = "ready";

    /// <summary>Maps the three, for anybody.</summary>
    public static IEndpointConventionBuilder MapHealth(this WebApplication app)
    {
        var group = app.MapGroup("");
        Map(group, "/health", static _ => true);
        Map(group, "/health/live", static _ => false);
        Map(group, "/health/ready", static check => check.Tags.Contains(Ready));
        return group;
    }

    private static void Map(IEndpointRouteBuilder app, string path, Func<HealthCheckRegistration, bool> predicate) =>
        app.MapHealthChecks(path, new HealthCheckOptions { Predicate = predicate, ResponseWriter = WriteAsync }).AllowAnonymous();

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new HealthView(
            report.Status.ToString(),
            report.Entries.ToDictionary(
                entry => entry.Key,
                entry => new CheckView(entry.Value.Status.ToString(), entry.Value.Description))),
        HealthJson.Default.HealthView,
        cancellationToken: context.RequestAborted);
}
