using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace OptiBid.Gateway.Tests.Api.RealTime;

/// <summary>Runs when no other test does: it measures the process's memory.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public class SlowClientTests
{
    [Fact]
    public async Task Stream_ClientStopsReading_HoldsBoundedMemoryAndIsToldWhatItMissed()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var socket = new TcpClient { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync("127.0.0.1", gateway.Address.Port, TestContext.Current.CancellationToken);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("GET /api/v1/stream/real-time?max_rate_hz=20 HTTP/1.0\r\nHost: x\r\n\r\n"), TestContext.Current.CancellationToken);
        await stream.ReadExactlyAsync(new byte[64], TestContext.Current.CancellationToken);

        // 200 locations move again and again while nobody reads; far more than sockets and pipes can hold.
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var missed = new MissedCount(gateway);
        for (var i = 0; i < 400; i++)
        {
            gateway.Feed.Push([.. Enumerable.Range(0, 200).Select(location => Ticks.Update("L" + location, i, i))]);
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        // 80,000 prices of some 500 bytes each were sent; the table and the journal hold 65,536 of them.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 80_000_000);

        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var lag = false;
        var last = new Dictionary<string, double>();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (last.Count < 200 || last.Values.Any(price => price < 399))
        {
            var line = await reader.ReadLineAsync(deadline.Token) ?? throw new EndOfStreamException();
            lag |= line == "event: lag";
            if (!line.StartsWith("data: [")) continue;
            foreach (var item in JsonNode.Parse(line["data: ".Length..])!.AsArray())
            {
                var (location, price) = ((string)item!["location"]!, (double)item["price"]!);
                Assert.True(price >= last.GetValueOrDefault(location), "a price went backwards");
                last[location] = price;
            }
        }

        Assert.True(lag);
        Assert.True(missed.Value > 0);
    }
}
