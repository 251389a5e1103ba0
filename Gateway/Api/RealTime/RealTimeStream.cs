using OptiBid.Gateway.Alerts;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Security;

namespace OptiBid.Gateway.Api.RealTime;

/// <summary>
/// Writes a subscription as server-sent events, and between them a trader's alerts as they come. A reader that is slow makes the write wait, and with it the
/// subscription; one that has stopped reading is cut off by the server's minimum data rate. The stream ends with
/// the caller's token, as the hub's connections do.
/// </summary>
/// <param name="subscription">The prices.</param>
/// <param name="alerts">The caller's alerts; null for one who may keep no rules.</param>
internal sealed class RealTimeStream(Subscription subscription, AlertListener? alerts) : IResult
{
    /// <summary>
    /// Longest silence: a comment comes in time when the next send would come too late, so that proxies and clients
    /// see that the stream lives. No send is further off than this, at <see cref="SendRate.MinHz"/>.
    /// </summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var listening = alerts;
        var services = httpContext.RequestServices;
        var clock = services.GetRequiredService<TimeProvider>();
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var expired = SignInEnd.Of(httpContext, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping, expired.Token);

        httpContext.Response.ContentType = "text/event-stream";
        httpContext.Response.Headers.CacheControl = "no-cache, no-store";
        httpContext.Response.Headers["X-Accel-Buffering"] = "no";
        using var events = new EventWriter(httpContext.Response.BodyWriter);
        var told = Task.CompletedTask;
        try
        {
            var snapshot = subscription.TakeSnapshot();
            await events.WriteAsync("snapshot", subscription.Position, snapshot, ended.Token);
            var written = clock.GetTimestamp();
            if (alerts is not null) told = TellAsync(alerts, events, ended.Token);
            await foreach (var batch in subscription.ReadAsync(ended.Token))
            {
                if (batch.Missed > 0) await events.WriteLagAsync(batch.Missed, ended.Token);
                if (batch.Prices.Length > 0) await events.WriteAsync("prices", batch.Position, batch.Prices, ended.Token);
                else if (clock.GetElapsedTime(written) + subscription.Period > Heartbeat) await events.WriteHeartbeatAsync(ended.Token);
                else continue;
                written = clock.GetTimestamp();
            }
        }
        catch (OperationCanceledException)
        {
            // The client has gone, its token has run out, or the gateway goes.
        }
        finally
        {
            await ended.CancelAsync();
            await told;
        }
    }

    private static async Task TellAsync(AlertListener alerts, EventWriter events, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var batch in alerts.ReadAsync(cancellationToken)) await events.WriteAlertsAsync(batch, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The stream ends, or the reader has gone, which the prices notice too.
        }
    }
}
