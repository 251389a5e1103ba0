using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace OptiBid.Gateway.Security;

/// <summary>
/// Turns connections away when there are too many. Kestrel's own limits count web sockets apart and the management
/// port with the rest, so that a crowd of users would look like a gateway that hangs, and be answered with a restart.
/// </summary>
internal sealed class ConnectionLimit
{
    private readonly int _most;
    private readonly Counter<long> _refused;
    private int _open;

    public ConnectionLimit(LimitOptions options, IMeterFactory meters)
    {
        _most = options.Connections;
        _refused = meters.Create("OptiBid.Gateway").CreateCounter<long>(
            "optibid.gateway.connections.refused", "{connection}", "Connections turned away because there were too many");
    }

    public void Apply(ListenOptions listen) => listen.Use(next => connection => ServeAsync(connection, next));

    private async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        try
        {
            if (Interlocked.Increment(ref _open) <= _most)
            {
                await next(connection);
                return;
            }

            _refused.Add(1);
            connection.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
