using System.Net;
using System.Net.Sockets;

namespace OptiBid.Tests;

/// <summary>
/// Ports for servers that a test starts. None of those that the system gives to outgoing connections (from 32768 on, on Linux): between the
/// asking and the server's start such a connection could take it.
/// </summary>
internal static class FreePorts
{
    /// <summary>A port free at the moment.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Any, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; another one.
            }
        }
    }
}
