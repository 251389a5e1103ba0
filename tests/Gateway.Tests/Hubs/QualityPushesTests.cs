using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Gateway.Api.Zones;
using OptiBid.Gateway.Tests.Security;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Hubs;

public sealed class QualityPushesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static QualityEvent Finding(string id, MarketZone zone = MarketZone.PJM) => new()
    {
        Id = id, Zone = zone, Location = "A", PriceType = PriceType.RealTime5Min, Kind = QualityKind.FlatLined, Severity = QualitySeverity.Warning,
        Timestamp = Ticks.Noon, ObservedAt = Ticks.Noon.AddSeconds(1), Value = 20.5, Limit = 12, Message = "the price stands still",
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Push_InDevelopment_ReachesAnybodyInEitherProtocol(bool messagePack)
    {
        await using var gateway = await GatewayHost.StartAsync();
        await using var client = await ConnectAsync(gateway, messagePack: messagePack);

        gateway.Feed.Push(Finding("one"), Finding("other", MarketZone.ERCOT));

        QualityEventView[] got = [.. await client.Pushes.Reader.ReadAsync(Token), .. await client.Pushes.Reader.ReadAsync(Token)];
        Assert.Equal(["one", "other"], got.Select(finding => finding.Id).Order());
        var one = got.Single(finding => finding.Id == "one");
        Assert.Equal(("PJM", "A", "FLAT_LINED", "WARNING", 20.5, 12.0, Ticks.Noon.UtcDateTime), (one.MarketZone, one.Location, one.Kind, one.Severity, one.Value, one.Limit, one.Timestamp));
        Assert.Null(one.EndedAt);
    }

    [Fact]
    public async Task Push_InProduction_ReachesOperatorsOnly()
    {
        await using var gateway = await GatewayHost.StartAsync(
            settings: new() { ["Security:Authority"] = IssuedTokens.Issuer, ["Security:Audience"] = IssuedTokens.Audience, ["Security:AllowAnonymous"] = "true" },
            environment: "Production", services: services => services.AcceptIssuedTokens());
        await using var nobody = await ConnectAsync(gateway);
        await using var viewer = await ConnectAsync(gateway, "viewer");
        await using var operating = await ConnectAsync(gateway, "operator");

        gateway.Feed.Push(Finding("one"));

        Assert.Equal("one", Assert.Single(await operating.Pushes.Reader.ReadAsync(Token)).Id);

        // A call after the push is answered after whatever was pushed.
        foreach (var client in (HubClient[])[nobody, viewer])
        {
            await client.Connection.InvokeAsync("Unsubscribe", Token);
            Assert.False(client.Pushes.Reader.TryRead(out _));
        }
    }

    private static async Task<HubClient> ConnectAsync(GatewayHost gateway, string? role = null, bool messagePack = false)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(gateway.Address, "/hubs/prices"), options =>
        {
            if (role is not null) options.AccessTokenProvider = () => Task.FromResult<string?>(IssuedTokens.Create(IssuedTokens.Audience, DateTime.UtcNow.AddMinutes(5), role, "ann"));
        });
        if (messagePack) builder.AddMessagePackProtocol();
        var client = new HubClient(builder.Build());
        await client.Connection.StartAsync(Token);

        // The server joins before it takes calls.
        await client.Connection.InvokeAsync("Unsubscribe", Token);
        return client;
    }

    private sealed class HubClient : IAsyncDisposable
    {
        public HubClient(HubConnection connection)
        {
            Connection = connection;
            connection.On<QualityEventView[]>("quality", findings => Pushes.Writer.TryWrite(findings));
        }

        public HubConnection Connection { get; }

        public Channel<QualityEventView[]> Pushes { get; } = Channel.CreateUnbounded<QualityEventView[]>();

        public ValueTask DisposeAsync() => Connection.DisposeAsync();
    }
}
