namespace OptiBid.Gateway.Api.Admin;

/// <summary>
/// The record of what administrators changed and of what was refused: who, what, where, from which address, with which answer.
/// Nothing writes the table <c>audit_log</c> yet, so it goes to the log, as the event <c>AdminAction</c>.
/// </summary>
internal sealed partial class AdminAudit(ILogger<AdminAudit> logger)
{
    public void Write(AdminAction action, HttpContext context, int status)
    {
        var isRefused = status >= StatusCodes.Status400BadRequest;
        if (!isRefused && !action.IsChange) return;
        var target = context.Request.RouteValues.TryGetValue("zone", out var zone) ? zone as string ?? "" : "";
        Recorded(
            isRefused ? LogLevel.Warning : LogLevel.Information, isRefused ? "refused" : "done",
            action.Name, Actor.Readable(target), Actor.Of(context), context.Connection.RemoteIpAddress, status);
    }

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
            if (context.GetEndpoint()?.Metadata.GetMetadata<AdminAction>() is not { } action)
            {
                await next(context);
                return;
            }

            var status = StatusCodes.Status500InternalServerError;
            try
            {
                await next(context);
                status = context.Response.StatusCode;
            }
            finally
            {
                audit.Write(action, context, status);
            }
        });
        return app;
    }
}
