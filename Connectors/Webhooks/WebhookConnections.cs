using System.Net;
using System.Net.Sockets;

namespace OptiBid.Connectors.Webhooks;

/// <summary>Looks up a name.</summary>
internal delegate Task<IPAddress[]> HostLookup(string host, CancellationToken cancellationToken);

/// <summary>
/// Connects to the hosts of webhooks. The name is looked up here, each address is checked, and the connection is made to the
/// checked address itself: a name that leads somewhere else a moment later (DNS rebinding) leads nowhere.
/// </summary>
internal sealed class WebhookConnections(HostLookup lookup, bool allowPrivate)
{
    /// <summary>Addresses of one name that are tried.</summary>
    private const int MostTried = 4;

    /// <exception cref="SocketException">Nothing allowed could be connected to; what exactly was the matter is not for the outside.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        SocketException? last = null;
        foreach (var address in (await FindAsync(target.Host, cancellationToken)).Where(address => allowPrivate || PublicAddresses.Has(address)).Take(MostTried))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, target.Port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException error)
            {
                socket.Dispose();
                last = error;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostUnreachable);
    }

    private async Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await lookup(host, cancellationToken);
}
