using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Gateway.Api.Output;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Hubs;

public class PricesHubTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Subscribe_EitherProtocol_GivesTheSnapshotThenConflatedPushes(bool messagePack)
    {
        var clock = new FakeTimeProvider(Ticks.Noon);
        await using var gateway = await GatewayHost.StartAsync(clock: clock, history: history => history.Add(
            new MarketLocation(new LocationId(MarketZone.PJM, "A"), "ALPHA", LocationType.Hub)));
        gateway.Feed.Push(Ticks.Update("A", -1.5, change: 0.25), Ticks.Update("A", 9, zone: MarketZone.ERCOT));
        await using var client = await ConnectAsync(gateway, messagePack);

        var snapshot = await client.Connection.InvokeAsync<PriceView[]>("Subscribe", new Dictionary<string, object> { ["zones"] = new[] { "PJM" } }, Token);

        var price = Assert.Single(snapshot);
        Assert.Equal(("PJM", "A", "ALPHA", "HUB", "REAL_TIME_5_MIN", -1.5, 0.25), (price.MarketZone, price.Location, price.LocationName, price.LocationType, price.PriceType, price.Price, price.Change));
        Assert.Equal(Ticks.Noon.UtcDateTime, price.Timestamp);
        Assert.Equal(DateTimeKind.Utc, price.Timestamp.Kind);
        Assert.Null(price.Volume);

        for (var i = 1; i < 50; i++) gateway.Feed.Push(Ticks.Update("A", i, i), Ticks.Update("A", i, i, MarketZone.ERCOT));
        var pushed = await client.NextAsync(clock);
        Assert.Equal(("PJM", 49.0), (Assert.Single(pushed).MarketZone, pushed[0].Price));

        gateway.Feed.Push(Ticks.Update("A", 3, 3), Ticks.Update("B", 1));
        Assert.Equal("B", Assert.Single(await client.NextAsync(clock)).Location);
    }

    [Fact]
    public async Task Subscribe_Again_ReplacesTheFilter()
    {
        var clock = new FakeTimeProvider(Ticks.Noon);
        await using var gateway = await GatewayHost.StartAsync(clock: clock);
        await using var client = await ConnectAsync(gateway);
        await client.Connection.InvokeAsync<PriceView[]>("Subscribe", new { zones = new[] { "PJM" } }, Token);
        await client.Connection.InvokeAsync<PriceView[]>("Subscribe", new { zones = new[] { "ERCOT" }, max_rate_hz = 20 }, Token);

        gateway.Feed.Push(Ticks.Update("A"), Ticks.Update("A", zone: MarketZone.ERCOT));
        Assert.Equal("ERCOT", Assert.Single(await client.NextAsync(clock)).MarketZone);
    }

    [Fact]
    public async Task Subscribe_BeforeTheCatalogIsThere_GetsTheNamesOfWhatItShows()
    {
        var clock = new FakeTimeProvider(Ticks.Noon);
        await using var gateway = await GatewayHost.StartAsync(clock: clock);
        gateway.Feed.Push(Ticks.Update("A", type: PriceType.DayAheadHourly));
        await using var client = await ConnectAsync(gateway);
        Assert.Null(Assert.Single(await client.Connection.InvokeAsync<PriceView[]>("Subscribe", new { }, Token)).LocationName);

        gateway.Catalog.Load([new MarketLocation(new LocationId(MarketZone.PJM, "A"), "ALPHA", LocationType.Hub)]);
        Assert.Equal("ALPHA", Assert.Single(await client.NextAsync(clock)).LocationName);
    }

    [Fact]
    public async Task Subscribe_AnswerHeldUp_ComesBeforeTheFirstPush()
    {
        var clock = new FakeTimeProvider(Ticks.Noon);
        var slow = new SlowAnswers();
        await using var gateway = await GatewayHost.StartAsync(clock: clock, services: services => services.Configure<HubOptions>(hub => hub.AddFilter(slow)));
        slow.OnAnswer = async () =>
        {
            // The method has returned, and its answer is not written yet: more than a period goes by, and prices move.
            for (var i = 0; i < 20; i++)
            {
                gateway.Feed.Push(Ticks.Update("A", i, i));
                clock.Advance(TimeSpan.FromMilliseconds(50));
                await Task.Delay(10, Token);
            }
        };

        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(gateway.Address) { Scheme = "ws", Path = "/hubs/prices" }.Uri, Token);
        await SendAsync("""{"protocol":"json","version":1}""");
        await SendAsync("""{"type":1,"invocationId":"1","target":"Subscribe","arguments":[{"max_rate_hz":20}]}""");
        var reading = ReadAsync();
        await Eventually.TrueAsync(
            () =>
            {
                if (!slow.HasAnswered) return false;
                gateway.Feed.Push(Ticks.Update("B"));
                clock.Advance(TimeSpan.FromMilliseconds(50));
                return reading.IsCompleted;
            },
            "a push comes");
        Assert.Equal("3, 1", string.Join(", ", await reading));

        Task SendAsync(string message) =>
            socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, endOfMessage: true, Token);

        // The types of the first two messages that are an answer (3) or a push (1).
        async Task<List<int>> ReadAsync()
        {
            var types = new List<int>();
            var text = new StringBuilder();
            var buffer = new byte[4096];
            while (types.Count < 2)
            {
                var read = await socket.ReceiveAsync(buffer, Token);
                text.Append(Encoding.UTF8.GetString(buffer, 0, read.Count));
                for (int end; (end = text.ToString().IndexOf('\u001e', StringComparison.Ordinal)) >= 0; text.Remove(0, end + 1))
                {
                    if (JsonNode.Parse(text.ToString(0, end))!["type"] is { } type && (int)type is 1 or 3) types.Add((int)type);
                }
            }

            return types;
        }
    }

    [Fact]
    public async Task StreamPrices_MoreThanAConnectionMayHaveAtOnce_IsRefusedUntilOneEnds()
    {
        await using var gateway = await GatewayHost.StartAsync(settings: new() { ["Limits:StreamsPerConnection"] = "2" });
        gateway.Feed.Push(Ticks.Update());
        await using var client = await ConnectAsync(gateway);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await OpenAsync(Token);
        await OpenAsync(ended.Token);
        var error = await Assert.ThrowsAsync<HubException>(() => OpenAsync(Token));
        Assert.EndsWith("A connection may have 2 streams at once; end one first.", error.Message);

        await ended.CancelAsync();
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    await OpenAsync(Token);
                    return true;
                }
                catch (HubException)
                {
                    return false;
                }
            },
            "another may begin");

        // Left open, until the connection ends.
        async Task OpenAsync(CancellationToken cancellationToken) =>
            Assert.True(await client.Connection.StreamAsync<PriceView>("StreamPrices", new { }, cancellationToken).GetAsyncEnumerator(cancellationToken).MoveNextAsync());
    }

    [Fact]
    public async Task Unsubscribe_EndsThePushes()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var subscriptions = new SubscriptionCount(gateway);
        await using var client = await ConnectAsync(gateway);
        await client.Connection.InvokeAsync<PriceView[]>("Subscribe", new { max_rate_hz = 20 }, Token);
        await Eventually.TrueAsync(() => subscriptions.Value == 1, "counted");
        await client.Connection.InvokeAsync("Unsubscribe", Token);
        Assert.Equal(0, subscriptions.Value);
    }

    [Fact]
    public async Task Connection_Lost_EndsThePushes()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var subscriptions = new SubscriptionCount(gateway);
        await using (var client = await ConnectAsync(gateway))
        {
            await client.Connection.InvokeAsync<PriceView[]>("Subscribe", new { }, Token);
            await Eventually.TrueAsync(() => subscriptions.Value == 1, "counted");
        }

        await Eventually.TrueAsync(() => subscriptions.Value == 0, "ended");
    }

    [Theory]
    [InlineData("""{"zones":["TEXAS"]}""", "zones: zones must be one of PJM, CAISO, ERCOT, NYISO, ISONE, MISO, SPP.")]
    [InlineData("""{"zone":["PJM"]}""", "zone: 'zone' is not a parameter of this call. There are: zones, locations, price_types, max_rate_hz.")]
    [InlineData("""{"max_rate_hz":50}""", "max_rate_hz: max_rate_hz must be from 0.1 to 20.")]
    [InlineData("""{"price_types":["RT"]}""", "price_types: price_types must be one of REAL_TIME_5_MIN, REAL_TIME_15_MIN, REAL_TIME_HOURLY, DAY_AHEAD_HOURLY.")]
    [InlineData("""{"locations":[""]}""", "locations: locations must not be empty.")]
    public async Task Subscribe_FilterWrong_SaysWhat(string filter, string expected)
    {
        await using var gateway = await GatewayHost.StartAsync();
        await using var client = await ConnectAsync(gateway);
        var body = System.Text.Json.JsonDocument.Parse(filter).RootElement;
        foreach (var call in new[] { "Subscribe", "StreamPrices" })
        {
            var error = await Assert.ThrowsAsync<HubException>(() => call == "Subscribe"
                ? client.Connection.InvokeAsync<PriceView[]>(call, body, Token)
                : client.Connection.StreamAsync<PriceView>(call, body, Token).FirstAsync(Token).AsTask());
            Assert.EndsWith(expected, error.Message);
        }
    }

    [Fact]
    public async Task Subscribe_ManyUpdatesAtRealTime_AreConflatedToTheRateAndEndWithTheNewest()
    {
        await using var gateway = await GatewayHost.StartAsync();
        await using var client = await ConnectAsync(gateway, messagePack: true);
        await client.Connection.InvokeAsync<PriceView[]>("Subscribe", new Dictionary<string, object> { ["max_rate_hz"] = 10.0 }, Token);

        var pushes = new List<PriceView[]>();
        for (var i = 0; i < 100; i++)
        {
            gateway.Feed.Push(Ticks.Update("A", i, i));
            await Task.Delay(10, Token);
        }

        do pushes.Add(await client.Pushes.Reader.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Token));
        while (pushes[^1][^1].Price < 99);

        // A second and a bit at 10 Hz; the machine may be slow, never fast.
        Assert.InRange(pushes.Count, 2, 60);
        Assert.All(pushes, push => Assert.Single(push));
        Assert.Equal(pushes.Select(push => push[0].Price).Order(), pushes.Select(push => push[0].Price));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StreamPrices_EitherProtocol_GivesEveryPriceInOrder(bool messagePack)
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Feed.Push(Ticks.Update("A", 0));
        await using var client = await ConnectAsync(gateway, messagePack);
        var got = new List<double>();
        await foreach (var price in client.Connection.StreamAsync<PriceView>("StreamPrices", new Dictionary<string, object> { ["zones"] = new[] { "PJM" } }, Token))
        {
            if (got.Count == 0)
            {
                for (var i = 1; i <= 500; i++) gateway.Feed.Push(Ticks.Update("A", i, i), Ticks.Update("A", -i, i, MarketZone.ERCOT));
            }

            got.Add(price.Price);
            if (got.Count == 501) break;
        }

        Assert.Equal(Enumerable.Range(0, 501).Select(i => (double)i), got);
    }

    private static async Task<HubClient> ConnectAsync(GatewayHost gateway, bool messagePack = false)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(gateway.Address, "/hubs/prices"));
        if (messagePack) builder.AddMessagePackProtocol();
        var client = new HubClient(builder.Build());
        await client.Connection.StartAsync(Token);
        return client;
    }

    /// <summary>Holds up the answers of hub methods.</summary>
    private sealed class SlowAnswers : IHubFilter
    {
        public Func<Task>? OnAnswer { get; set; }

        public volatile bool HasAnswered;

        public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
        {
            var answer = await next(invocationContext);
            if (OnAnswer is not null) await OnAnswer();
            HasAnswered = true;
            return answer;
        }
    }

    private sealed class HubClient : IAsyncDisposable
    {
        public HubClient(HubConnection connection)
        {
            Connection = connection;
            connection.On<PriceView[]>("prices", prices => Pushes.Writer.TryWrite(prices));
        }

        public HubConnection Connection { get; }

        public Channel<PriceView[]> Pushes { get; } = Channel.CreateUnbounded<PriceView[]>();

        public async Task<PriceView[]> NextAsync(FakeTimeProvider clock)
        {
            PriceView[]? next = null;
            await Eventually.TrueAsync(
                () =>
                {
                    if (Pushes.Reader.TryRead(out next)) return true;
                    clock.Advance(TimeSpan.FromMilliseconds(50));
                    return false;
                },
                "a push comes");
            return next!;
        }

        public ValueTask DisposeAsync() => Connection.DisposeAsync();
    }
}
