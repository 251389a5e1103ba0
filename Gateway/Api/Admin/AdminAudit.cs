using System.Globalization;
using OptiBid.Gateway.Audit;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Admin;

/// <summary>
/// The record of what administrators changed, of exports, and of what was refused: who, what, where, from which address, with
/// which answer. It goes to the audit log; what concerns administration also to the log, as the event <c>AdminAction</c>.
/// </summary>
internal sealed partial class AdminAudit(AuditQueue queue, TimeProvider clock, ILogger<AdminAudit> logger)
{
    /// <summary>Share of the queue for calls denied outside of administration, which anybody can make by the thousand.</summary>
    private const double DeniedShare = 0.5;

    /// <summary>Records an answered call, if it is one to be recorded.</summary>
    public void Write(HttpContext context, int status)
    {
        var isDenied = status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden;
        var endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<AdminAction>() is { } action) Write(action, context, status, isDenied);
        else if (isDenied) queue.Add(Record(DeniedAction.NameOf(endpoint), TargetOf(context), context, status), DeniedShare);
        else if (context.Features.Get<ExportTrail>() is { } export) Write(export, context, status);
    }

    /// <summary>Records that a call was denied that has no answer of its own, as within a web socket.</summary>
    public void WriteDenied(HttpContext context, string operation) =>
        queue.Add(Record("denied." + operation, "", context, StatusCodes.Status403Forbidden), DeniedShare);

    private void Write(AdminAction action, HttpContext context, int status, bool isDenied)
    {
        var isRefused = status >= StatusCodes.Status400BadRequest;
        if (!isRefused && !action.IsChange) return;
        var target = TargetOf(context);
        Recorded(
            isRefused ? LogLevel.Warning : LogLevel.Information, isRefused ? "refused" : "done",
            action.Name, target, Actor.Of(context), context.Connection.RemoteIpAddress, status);
        queue.Add(Record(action.Name, target, context, status), isDenied ? DeniedShare : 1);
    }

    private void Write(ExportTrail export, HttpContext context, int status) =>
        queue.Add(Record("export.prices", Actor.Readable(export.Target), context, status,
            ("format", export.Format), ("range", export.Range), ("outcome", export.Outcome(context)),
            ("rows", (export.Rows ?? 0).ToString(CultureInfo.InvariantCulture))));

    // The path alone: a query may hold a token.
    private AuditRecord Record(string action, string target, HttpContext context, int status, params (string Name, string Value)[] more)
    {
        var details = more.ToDictionary(static detail => detail.Name, static detail => detail.Value);
        details["method"] = Actor.Readable(context.Request.Method);
        details["path"] = Actor.Readable(context.Request.PathBase + context.Request.Path.Value);
        var address = context.Connection.RemoteIpAddress;
        return new()
        {
            At = clock.GetUtcNow(),
            Actor = Actor.Of(context),
            Action = action,
            Target = target.Length > 0 ? target : null,
            Allowed = status is not (StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden),
            Status = status,
            Address = (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString(),
            Details = details,
        };
    }

    /// <summary>The values in the call's path, such as a zone.</summary>
    private static string TargetOf(HttpContext context) =>
        context.Features.Get<AuditTarget>() is { } named ? named.Name
        : context.GetEndpoint() is RouteEndpoint route
            ? Actor.Readable(string.Join('/', route.RoutePattern.Parameters.Select(parameter => context.Request.RouteValues[parameter.Name] as string).Where(static value => value is { Length: > 0 })))
            : "";

    [LoggerMessage(EventId = 1, EventName = "AdminAction", Message = "Administration, {Outcome}: {Action} of {Target} by {Actor} from {Address}, answered {Status}")]
    private partial void Recorded(LogLevel level, string outcome, string action, string target, string actor, System.Net.IPAddress? address, int status);
}

/// <summary>Adds <see cref="AdminAudit"/> to the way of a request, around authorization, so that it sees refusals.</summary>
internal static class AdminAuditExtensions
{
    public static WebApplication UseAdminAudit(this WebApplication app)
    {
        var audit = app.Services.GetRequiredService<AdminAudit>();
        app.Use(async (context, next) =>
        {
            var status = StatusCodes.Status500InternalServerError;
            try
            {
                await next(context);
                status = context.Response.StatusCode;
            }
            finally
            {
                audit.Write(context, status);
            }
        });
        return app;
    }
}
