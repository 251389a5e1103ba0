using Microsoft.AspNetCore.SignalR;
using OptiBid.Gateway.Alerts;

namespace OptiBid.Gateway.Hubs;

/// <summary>
/// Pushes each connection of a trader the alerts of his rules, and of nobody else's. A push is awaited, and with it the
/// connection's transport, so a client that reads slowly holds up itself alone.
/// </summary>
internal sealed partial class AlertPushes(IHubContext<PricesHub> hub, AlertListeners listeners, ILogger<AlertPushes> log)
{
    /// <summary>Name of the method that a client is called by with alerts.</summary>
    public const string Method = "alerts";

    private static readonly object Key = new();

    /// <summary>Has a connection hear of its user's alerts, where he may keep rules.</summary>
    public async Task StartAsync(HubCallerContext connection)
    {
        if (await listeners.OpenAsync(connection.User) is not { } listener) return;
        connection.Items[Key] = listener;
        _ = PushAsync(hub.Clients.Client(connection.ConnectionId), listener, connection.ConnectionAborted);
    }

    public static void Stop(HubCallerContext connection)
    {
        if (connection.Items.Remove(Key, out var listener)) ((AlertListener)listener!).Dispose();
    }

    private async Task PushAsync(ISingleClientProxy client, AlertListener listener, CancellationToken aborted)
    {
        try
        {
            await foreach (var alerts in listener.ReadAsync(aborted)) await client.SendAsync(Method, alerts, aborted);
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception error)
        {
            // Nobody awaits a push, so this is where an error is seen.
            LogBroken(error);
        }
        finally
        {
            listener.Dispose();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Pushes of alerts to a client ended with an error.")]
    private partial void LogBroken(Exception error);
}
