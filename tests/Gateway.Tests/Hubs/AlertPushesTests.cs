using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Gateway.Alerts;
using OptiBid.Gateway.Api.Alerts;
using OptiBid.Gateway.Tests.Api.Alerts;
using OptiBid.Gateway.Tests.Fakes;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Hubs;

public sealed class AlertPushesTests : IAsyncLifetime
{
    private readonly MemoryKeys _keys = new();
    private AlertHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await AlertHost.StartAsync(_keys);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Alert_OfAUser_ReachesAllHisConnectionsAndNobodyElse(bool messagePack)
    {
        await using var ann = await ConnectAsync("ann", messagePack: messagePack);
        await using var again = await ConnectAsync("ann", "operator", messagePack: messagePack);
        await using var bob = await ConnectAsync("bob", messagePack: messagePack);
        await using var viewer = await ConnectAsync("ann", "viewer", messagePack: messagePack);
        await using var nobody = await ConnectAsync(null, messagePack: messagePack);

        _host.Gateway.Feed.Push(MemoryAlertRules.Alert("one", AlertHost.UserOf("ann")) with { Webhook = new WebhookDelivery(1, Ticks.Noon, null, null) }, MemoryAlertRules.Alert("anonymous", "anonymous"));

        foreach (var client in (HubClient[])[ann, again])
        {
            var alert = await client.NextAsync();
            Assert.Equal(("one", "r1", "dear", "PJM", "51288", "REAL_TIME_5_MIN", "ABOVE"), (alert.Id, alert.RuleId, alert.RuleName, alert.MarketZone, alert.Location, alert.PriceType, alert.Kind));
            Assert.Equal((Ticks.Noon.UtcDateTime, 104.2, 100.0, 104.2, Ticks.Noon.UtcDateTime), (alert.Timestamp, alert.Value, alert.Threshold, alert.Price, alert.FiredAt));
            Assert.Equal((1, Ticks.Noon.UtcDateTime, null, null), (alert.Webhook!.Attempts, alert.Webhook.DeliveredAt, alert.Webhook.NextAttempt, alert.Webhook.LastError));
        }

        // Whoever hears of something hears of what was fired after it too.
        _host.Gateway.Feed.Push(MemoryAlertRules.Alert("of bob", AlertHost.UserOf("bob")));
        Assert.Equal("of bob", (await bob.NextAsync()).Id);
        foreach (var client in (HubClient[])[viewer, nobody])
        {
            await client.Connection.InvokeAsync("Unsubscribe", Token);
            Assert.False(client.Pushes.Reader.TryRead(out _));
        }

        Assert.Equal(3, Listeners.Count);
    }

    [Fact]
    public async Task Alert_OfAZoneTheKeyIsNotMadeOutFor_IsNotPushed()
    {
        var (id, key) = await AlertHost.AddKeyAsync(_keys, MarketZone.ERCOT);
        await using var client = await ConnectAsync(null, key: key);

        _host.Gateway.Feed.Push(MemoryAlertRules.Alert("pjm", "key:" + id), MemoryAlertRules.Alert("ercot", "key:" + id, MarketZone.ERCOT));

        Assert.Equal("ercot", (await client.NextAsync()).Id);
    }

    [Fact]
    public async Task Alert_InDevelopment_ReachesAnybodyWithoutAToken()
    {
        await using var gateway = await GatewayHost.StartAsync();
        await using var client = new HubClient(new HubConnectionBuilder().WithUrl(new Uri(gateway.Address, "/hubs/prices")).Build());
        await client.StartAsync();

        gateway.Feed.Push(MemoryAlertRules.Alert("one", "anonymous"));

        Assert.Equal("one", (await client.NextAsync()).Id);
    }

    [Fact]
    public async Task Connection_Ended_ListensNoLonger()
    {
        await using (await ConnectAsync("ann")) Assert.Equal(1, Listeners.Count);
        await Eventually.TrueAsync(() => Listeners.Count == 0, "gone");
    }

    private AlertListeners Listeners => _host.Gateway.Services.GetRequiredService<AlertListeners>();

    private async Task<HubClient> ConnectAsync(string? user, string role = "trader", bool messagePack = false, string? key = null)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(_host.Gateway.Address, "/hubs/prices"), options =>
        {
            if (user is not null) options.AccessTokenProvider = () => Task.FromResult<string?>(AlertHost.Token(user, role));
            if (key is not null) options.Headers["X-Api-Key"] = key;
        });
        if (messagePack) builder.AddMessagePackProtocol();
        var client = new HubClient(builder.Build());
        await client.StartAsync();
        return client;
    }

    private sealed class HubClient : IAsyncDisposable
    {
        public HubClient(HubConnection connection)
        {
            Connection = connection;
            connection.On<AlertView[]>("alerts", alerts =>
            {
                foreach (var alert in alerts) Pushes.Writer.TryWrite(alert);
            });
        }

        public HubConnection Connection { get; }

        public Channel<AlertView> Pushes { get; } = Channel.CreateUnbounded<AlertView>();

        public async Task StartAsync()
        {
            await Connection.StartAsync(Token);

            // The server listens before it takes calls.
            await Connection.InvokeAsync("Unsubscribe", Token);
        }

        public async Task<AlertView> NextAsync() => await Pushes.Reader.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Token);

        public ValueTask DisposeAsync() => Connection.DisposeAsync();
    }
}
