using Microsoft.AspNetCore.SignalR;
using OptiBid.Gateway.Live;

namespace OptiBid.Gateway.Hubs;

/// <summary>
/// Pushes each subscribed connection its prices. A push is awaited, and with it the connection's transport, so a
/// client that reads slowly holds at most one push; the next takes what is newest then.
/// </summary>
internal sealed partial class PricePushes(IHubContext<PricesHub> hub, ILogger<PricePushes> log)
{
    private static readonly object Key = new();

    public void Start(HubCallerContext connection, Subscription subscription) =>
        connection.Items[Key] = new Pump(hub.Clients.Client(connection.ConnectionId), subscription, connection.ConnectionAborted, log);

    public async Task StopAsync(HubCallerContext connection)
    {
        if (connection.Items.Remove(Key, out var pump)) await ((Pump)pump!).StopAsync();
    }

    [LoggerMessage(LogLevel.Warning, "Pushes to a client ended with an error.")]
    private static partial void LogBroken(ILogger log, Exception error);

    private sealed class Pump
    {
        private readonly CancellationTokenSource _stop;
        private readonly Task _running;

        public Pump(ISingleClientProxy client, Subscription subscription, CancellationToken aborted, ILogger log)
        {
            _stop = CancellationTokenSource.CreateLinkedTokenSource(aborted);
            _running = Task.Run(() => RunAsync(client, subscription, log, _stop.Token), CancellationToken.None);
        }

        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await _running;
            _stop.Dispose();
        }

        private static async Task RunAsync(ISingleClientProxy client, Subscription subscription, ILogger log, CancellationToken cancellationToken)
        {
            try
            {
                await foreach (var batch in subscription.ReadAsync(cancellationToken))
                {
                    if (batch.Missed > 0) await client.SendAsync(PricesHub.Lag, batch.Missed, cancellationToken);
                    if (batch.Prices.Length > 0) await client.SendAsync(PricesHub.Prices, batch.Prices, cancellationToken);
                }
            }
            catch (OperationCanceledException)
            {
            }
            catch (Exception error)
            {
                // Nobody awaits a pump before its connection ends, so this is where an error is seen.
                LogBroken(log, error);
            }
        }
    }
}
