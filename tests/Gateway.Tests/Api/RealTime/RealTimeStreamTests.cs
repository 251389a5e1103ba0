using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace OptiBid.Gateway.Tests.Api.RealTime;

public class RealTimeStreamTests(EmptyGateway empty)
{
    [Fact]
    public async Task Stream_Opened_GivesTheSnapshotThenWhatMoves()
    {
        var clock = new FakeTimeProvider(Ticks.Noon);
        await using var gateway = await GatewayHost.StartAsync(clock: clock);
        gateway.Feed.Push(Ticks.Update("A", 1), Ticks.Update("B", 2));
        using var events = await SseReader.OpenAsync(gateway.Http, "/api/v1/stream/real-time?zone=PJM");

        var snapshot = await events.ReadAsync();
        Assert.Equal("snapshot", snapshot.Name);
        Assert.Equal(2, JsonNode.Parse(snapshot.Data)!.AsArray().Count);

        for (var i = 1; i <= 5; i++) gateway.Feed.Push(Ticks.Update("A", 10 + i, i));
        var prices = await ReadWhileTimeRunsAsync(events, clock);
        Assert.Equal("prices", prices.Name);
        Assert.Equal(15, (double?)JsonNode.Parse(prices.Data)!.AsArray().Single()!["price"]);
        Assert.True(long.Parse(prices.Id!) > long.Parse(snapshot.Id!));
    }

    [Fact]
    public async Task Stream_NothingMoves_IsKeptAliveByHeartbeats()
    {
        var clock = new FakeTimeProvider(Ticks.Noon);
        await using var gateway = await GatewayHost.StartAsync(clock: clock);
        using var events = await SseReader.OpenAsync(gateway.Http, "/api/v1/stream/real-time?max_rate_hz=1");
        Assert.Equal("[]", (await events.ReadAsync()).Data);

        var start = clock.GetUtcNow();
        var beat = await ReadWhileTimeRunsAsync(events, clock);
        Assert.Equal(": heartbeat", beat.Data);
        Assert.True(clock.GetUtcNow() - start >= TimeSpan.FromSeconds(14));
    }

    [Fact]
    public async Task Stream_SendsFarApart_BeatsBeforeTheSilenceWouldBeTooLong()
    {
        var clock = new FakeTimeProvider(Ticks.Noon);
        await using var gateway = await GatewayHost.StartAsync(clock: clock);
        using var subscriptions = new SubscriptionCount(gateway);
        using var events = await SseReader.OpenAsync(gateway.Http, "/api/v1/stream/real-time?max_rate_hz=0.1");
        Assert.Equal("[]", (await events.ReadAsync()).Data);
        await Eventually.TrueAsync(() => subscriptions.Value == 1, "counted");

        // The send after this one is due only when the silence has lasted 20 s.
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(": heartbeat", (await events.ReadAsync()).Data);
    }

    [Fact]
    public async Task Stream_Reconnected_StartsWithASnapshotAndNeverGoesBack()
    {
        var clock = new FakeTimeProvider(Ticks.Noon);
        await using var gateway = await GatewayHost.StartAsync(clock: clock);
        gateway.Feed.Push(Ticks.Update("A", 5, 5));
        string id;
        using (var events = await SseReader.OpenAsync(gateway.Http, "/api/v1/stream/real-time"))
            id = (await events.ReadAsync()).Id!;

        gateway.Feed.Push(Ticks.Update("A", 6, 6));
        using var again = await SseReader.OpenAsync(gateway.Http, "/api/v1/stream/real-time", id);
        var snapshot = await again.ReadAsync();
        Assert.Equal("snapshot", snapshot.Name);
        Assert.Equal(6, (double?)JsonNode.Parse(snapshot.Data)!.AsArray().Single()!["price"]);

        // Another silo repeats what it knows, older than what is shown.
        gateway.Feed.Push(Ticks.Update("A", 4, 4), Ticks.Update("A", 5, 5), Ticks.Update("B", 1));
        var prices = await ReadWhileTimeRunsAsync(again, clock);
        Assert.Equal("B", (string?)JsonNode.Parse(prices.Data)!.AsArray().Single()!["location"]);
    }

    [Fact]
    public async Task Stream_ClientGone_IsCleanedUp()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var measured = new SubscriptionCount(gateway);
        using (var events = await SseReader.OpenAsync(gateway.Http, "/api/v1/stream/real-time?max_rate_hz=20"))
        {
            await events.ReadAsync();
            await Eventually.TrueAsync(() => measured.Value == 1, "counted");
        }

        await Eventually.TrueAsync(() => measured.Value == 0, "the subscription ends with the connection");
    }

    [Theory]
    [InlineData("max_rate_hz=0.05", "max_rate_hz")]
    [InlineData("max_rate_hz=21", "max_rate_hz")]
    [InlineData("zone=X", "zone")]
    [InlineData("rate=4", "rate")]
    public async Task Parameter_Wrong_IsRefusedBeforeTheStreamStarts(string query, string field)
    {
        var gateway = empty.Host;
        Assert.Equal(field, (string?)(await gateway.GetAsync("/api/v1/stream/real-time?" + query, 400))["field"]);
    }

    private static async Task<SseEvent> ReadWhileTimeRunsAsync(SseReader events, FakeTimeProvider clock)
    {
        var read = events.ReadAsync();
        await Eventually.TrueAsync(
            () =>
            {
                if (read.IsCompleted) return true;
                clock.Advance(TimeSpan.FromMilliseconds(250));
                return false;
            },
            "an event comes");
        return await read;
    }
}
