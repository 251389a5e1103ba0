using System.Net;
using System.Net.Sockets;
using OptiBid.Silo.Hosting;

namespace OptiBid.Gateway.Tests.Security;

public class ConnectionLimitTests
{
    [Fact]
    public async Task Connections_MoreThanTheLimit_AreClosedAndCountedUntilOneGoes()
    {
        await using var gateway = await GatewayHost.StartAsync(settings: new() { ["Limits:Connections"] = "2" });
        using var refused = new RefusedCount(gateway);
        using var first = await SseReader.OpenAsync(gateway.Http, "/api/v1/stream/real-time");
        using (var second = await ConnectAsync(gateway))
        {
            Assert.Equal("HTTP/1.1 200", await AskAsync(second));
            Assert.Null(await ConnectAndAskAsync(gateway));
            Assert.Equal(1, refused.Value);
        }

        await Eventually.TrueAsync(
            async () => await ConnectAndAskAsync(gateway) == "HTTP/1.1 200",
            "a place is free again");
    }

    [Fact]
    public async Task ManagementPort_UsersAtTheLimit_Answers()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        await using var gateway = await GatewayHost.StartAsync(settings: new() { ["Limits:Connections"] = "1", ["Management:Port"] = $"{port}" });
        using var only = await SseReader.OpenAsync(gateway.Http, "/api/v1/stream/real-time");
        using var inside = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var response = await inside.GetAsync("/health/live", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("Limits:Connections", "0")]
    [InlineData("Limits:ConnectionsPerAddress", "0")]
    [InlineData("Limits:StreamsPerConnection", "0")]
    [InlineData("Limits:RequestsPerSecond", "0")]
    [InlineData("Limits:Burst", "-1")]
    [InlineData("Limits:ExportsPerMinute", "0")]
    [InlineData("Limits:ConcurrentExports", "0")]
    [InlineData("Limits:HeadersTimeout", "00:00:00")]
    public async Task Limit_Wrong_StopsTheStart(string key, string value) =>
        Assert.StartsWith(key, (await Assert.ThrowsAsync<StartRefusedException>(() => GatewayHost.StartAsync(settings: new() { [key] = value }))).Message);

    [Fact]
    public async Task Headers_SentSlowly_AreCutOff()
    {
        await using var gateway = await GatewayHost.StartAsync(settings: new() { ["Limits:HeadersTimeout"] = "00:00:01" });
        using var client = await ConnectAsync(gateway);
        var stream = client.GetStream();
        await stream.WriteAsync("GET /health/live HTTP/1.1\r\nHost: x\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var cutOff = ReadToEndAsync(stream);
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    await stream.WriteAsync("X-Slow: 1\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
                    await Task.Delay(200, TestContext.Current.CancellationToken);
                }
                catch (IOException)
                {
                }

                return cutOff.IsCompleted;
            },
            "cut off");
        Assert.StartsWith("HTTP/1.1 408", await cutOff);
    }

    private static async Task<string> ReadToEndAsync(NetworkStream stream)
    {
        var read = new MemoryStream();
        try
        {
            await stream.CopyToAsync(read, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // Closed while we wrote: what had come before counts.
        }

        return System.Text.Encoding.ASCII.GetString(read.ToArray());
    }

    private static async Task<TcpClient> ConnectAsync(GatewayHost gateway)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", gateway.Address.Port, TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>As <see cref="AskAsync"/>, on a connection of its own, which may be closed before it is made.</summary>
    private static async Task<string?> ConnectAndAskAsync(GatewayHost gateway)
    {
        try
        {
            using var client = await ConnectAsync(gateway);
            return await AskAsync(client);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>How the answer to a request begins; null when the connection was closed instead.</summary>
    private static async Task<string?> AskAsync(TcpClient client)
    {
        try
        {
            var stream = client.GetStream();
            await stream.WriteAsync("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            var start = new byte[12];
            await stream.ReadExactlyAsync(start, TestContext.Current.CancellationToken);
            return System.Text.Encoding.ASCII.GetString(start);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private sealed class RefusedCount(GatewayHost gateway) : Count(gateway, "optibid.gateway.connections.refused");
}
