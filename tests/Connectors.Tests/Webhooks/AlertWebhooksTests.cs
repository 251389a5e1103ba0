using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OptiBid.Connectors.Tests.Credentials;
using OptiBid.Connectors.Webhooks;

namespace OptiBid.Connectors.Tests.Webhooks;

public sealed class AlertWebhooksTests(StoreUnderTest store) : IClassFixture<StoreUnderTest>, IAsyncLifetime
{
    private const string NoConnection = "no connection came about: the name must lead to addresses of the public internet, and one of them must take connections";

    private static readonly (string, string) Private = ("Webhooks:AllowPrivate", "true");

    private readonly KeyRings _rings = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await store.ClearAsync();

    public ValueTask DisposeAsync()
    {
        _rings.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task TryPost_Taken_WasSignedAsStandardWebhooksHasIt()
    {
        await using var receiver = await Receiver.StartAsync(static context =>
        {
            context.Response.StatusCode = 202;
            return Task.CompletedTask;
        });
        await using var host = new WebhookHost(store, Loopback, _rings.Folder(), Private);
        var (secret, sealedSecret) = await host.Webhooks.MakeSecretAsync();

        Assert.Null(await host.Webhooks.TryPostAsync(new Uri($"http://hooks.example.com:{receiver.Port}/alerts?desk=1"), sealedSecret, WebhookHost.Alert, Cancel));

        var post = Assert.Single(receiver.Posts);
        Assert.Equal(("/alerts?desk=1", "application/json", WebhookHost.Alert.Id), (post.Target, post.Headers["Content-Type"], post.Headers["webhook-id"]));
        Assert.Equal(host.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), post.Headers["webhook-timestamp"]);
        Assert.Equal(WebhookSecret.Parse(secret).Sign(post.Headers["webhook-id"], long.Parse(post.Headers["webhook-timestamp"]), Encoding.UTF8.GetBytes(post.Body)), post.Headers["webhook-signature"]);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"id":"r1-2-51288-20261122T172500Z","rule_id":"r1","rule_name":"dear \"hub\"","market_zone":"PJM","location":"51288","price_type":"REAL_TIME_5_MIN","kind":"DART_ABOVE",
                 "timestamp":"2026-11-22T17:25:00Z","value":12.5,"threshold":10,"price":-3.25,"fired_at":"2026-11-22T17:26:33Z"}
                """),
            JsonNode.Parse(post.Body)));
        Assert.DoesNotContain(post.Headers.Keys, static name => name.Equals("traceparent", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task TryPost_IdWithLettersThatNoHeaderTakes_IsSignedAsItIsSent()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = new WebhookHost(store, Loopback, _rings.Folder(), Private);
        var (secret, sealedSecret) = await host.Webhooks.MakeSecretAsync();

        Assert.Null(await host.Webhooks.TryPostAsync(new Uri(receiver.Address), sealedSecret, WebhookHost.Alert with { Id = "r1 Süd\r\nx: y" }, Cancel));

        var post = Assert.Single(receiver.Posts);
        Assert.Equal("r1%20S%C3%BCd%0D%0Ax%3A%20y", post.Headers["webhook-id"]);
        Assert.Equal(WebhookSecret.Parse(secret).Sign(post.Headers["webhook-id"], long.Parse(post.Headers["webhook-timestamp"]), Encoding.UTF8.GetBytes(post.Body)), post.Headers["webhook-signature"]);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("fd00::1")]
    public async Task TryPost_NameThatLeadsInside_IsNotConnectedTo(string address)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = new WebhookHost(store, _ => [IPAddress.Parse(address)], _rings.Folder());

        Assert.Equal(NoConnection, await host.PostAsync($"https://hooks.example.com:{receiver.Port}/"));

        Assert.Equal(["hooks.example.com"], host.LookedUp);
        Assert.Equal(0, receiver.Connections);
    }

    [Fact]
    public async Task TryPost_NameOfNobodyClosedPortAndNameThatLeadsInside_AreToldAlike()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        await using var inside = new WebhookHost(store, Loopback, _rings.Folder());
        await using var development = new WebhookHost(store, name => name == "nobody.example.com" ? [] : Loopback(name), _rings.Folder(), Private);

        Assert.Equal(NoConnection, await inside.PostAsync($"https://hooks.example.com:{port}/"));
        Assert.Equal(NoConnection, await development.PostAsync("https://nobody.example.com/"));
        Assert.Equal(NoConnection, await development.PostAsync($"https://hooks.example.com:{port}/"));
    }

    [Fact]
    public async Task TryPost_NameThatLeadsElsewhereAMomentLater_IsCheckedWhereItIsConnected()
    {
        await using var receiver = await Receiver.StartAsync();

        // Each look-up leads somewhere else: to the internet for whoever checks first, inside for whoever asks again.
        var lookups = 0;
        await using var host = new WebhookHost(store, _ => [lookups++ == 0 ? IPAddress.Parse("::ffff:127.0.0.1") : IPAddress.Loopback], _rings.Folder());
        Assert.Equal(NoConnection, await host.PostAsync($"https://hooks.example.com:{receiver.Port}/"));
        Assert.Equal(1, lookups);
        Assert.Equal(NoConnection, await host.PostAsync($"https://hooks.example.com:{receiver.Port}/"));
        Assert.Equal(2, lookups);
        Assert.Equal(0, receiver.Connections);

        // What the one look-up says is what is connected to; the system's own would find nobody of this name.
        await using var development = new WebhookHost(store, Loopback, _rings.Folder(), Private);
        Assert.Null(await development.PostAsync($"http://no-such-host.invalid:{receiver.Port}/"));
        Assert.Single(development.LookedUp);
    }

    [Fact]
    public async Task TryPost_FirstAddressTakesNoConnections_TriesTheNext()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = new WebhookHost(store, static _ => [IPAddress.Parse("127.0.0.2"), IPAddress.Loopback], _rings.Folder(), Private);

        Assert.Null(await host.PostAsync($"http://hooks.example.com:{receiver.Port}/"));
    }

    [Theory]
    [InlineData("https://127.0.0.1/", "the address must lead to an address of the public internet")]
    [InlineData("http://example.com/", "the address must begin with https://")]
    [InlineData("https://ann:secret@example.com/", "the address must not have a user name or a password in it")]
    public async Task TryPost_AddressThatMayNotBe_IsNotTried(string address, string said)
    {
        await using var host = new WebhookHost(store, Loopback, _rings.Folder());

        Assert.Equal(said, await host.PostAsync(address));
        Assert.Empty(host.LookedUp);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task TryPost_Redirected_DoesNotFollow(int status)
    {
        await using var receiver = await Receiver.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });
        await using var host = new WebhookHost(store, Loopback, _rings.Folder(), Private);

        Assert.Equal($"answered {status}; redirects are not followed", await host.PostAsync(receiver.Address));
        Assert.Equal("/", Assert.Single(receiver.Posts).Target);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(410)]
    [InlineData(503)]
    public async Task TryPost_Refused_TellsTheStatusAndNothingOfTheAnswer(int status)
    {
        await using var receiver = await Receiver.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("secret of the inside");
        });
        await using var host = new WebhookHost(store, Loopback, _rings.Folder(), Private);

        Assert.Equal($"answered {status}", await host.PostAsync(receiver.Address));
    }

    [Fact]
    public async Task TryPost_AnswerWithoutEnd_IsNotReadToItsEnd()
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var receiver = await Receiver.StartAsync(async context =>
        {
            try
            {
                while (true) await context.Response.Body.WriteAsync(new byte[65_536], context.RequestAborted);
            }
            catch (Exception error) when (error is OperationCanceledException or IOException)
            {
                gone.SetResult();
            }
        });
        await using var host = new WebhookHost(store, Loopback, _rings.Folder(), Private);

        Assert.Null(await host.PostAsync(receiver.Address));
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
    }

    [Fact]
    public async Task TryPost_NotAnswered_IsGivenUpAfterTenSeconds()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var receiver = await Receiver.StartAsync(async context =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await using var host = new WebhookHost(store, Loopback, _rings.Folder(), Private);

        var post = host.PostAsync(receiver.Address);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        host.Clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(post.IsCompleted);
        host.Clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal("not answered within 10 s", await post);
    }

    [Fact]
    public async Task TryPost_EndedByItsCaller_IsCancelled()
    {
        using var ended = new CancellationTokenSource();
        await using var receiver = await Receiver.StartAsync(async context =>
        {
            await ended.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await using var host = new WebhookHost(store, Loopback, _rings.Folder(), Private);
        var (_, sealedSecret) = await host.Webhooks.MakeSecretAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Webhooks.TryPostAsync(new Uri(receiver.Address), sealedSecret, WebhookHost.Alert, ended.Token));
    }

    [Fact]
    public async Task TryPost_WithoutTls_SaysSo()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = new WebhookHost(store, Loopback, _rings.Folder(), Private);

        Assert.Equal("no secure connection came about (TLS)", await host.PostAsync(receiver.Address.Replace("http://", "https://", StringComparison.Ordinal)));
    }

    private static IPAddress[] Loopback(string name) => [IPAddress.Loopback];

    /// <summary>A user's server on loopback that remembers what was posted to it, and counts connections.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private int _connections;

        private Receiver(WebApplication app) => _app = app;

        public List<(string Target, Dictionary<string, string> Headers, string Body)> Posts { get; } = [];

        public int Connections => Volatile.Read(ref _connections);

        public string Address => _app.Urls.Single() + "/";

        public int Port => new Uri(Address).Port;

        public static async Task<Receiver> StartAsync(RequestDelegate? answer = null)
        {
            Receiver? receiver = null;
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Use(next => connection =>
            {
                Interlocked.Increment(ref receiver!._connections);
                return next(connection);
            })));
            receiver = new Receiver(builder.Build());
            receiver._app.Run(async context =>
            {
                using var body = new StreamReader(context.Request.Body);
                var text = await body.ReadToEndAsync(Cancel);
                lock (receiver.Posts)
                {
                    receiver.Posts.Add((context.Request.Path + context.Request.QueryString,
                        context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), text));
                }

                if (answer is not null) await answer(context);
            });
            await receiver._app.StartAsync(Cancel);
            return receiver;
        }

        public async ValueTask DisposeAsync()
        {
            using var now = new CancellationTokenSource(TimeSpan.Zero);
            await _app.StopAsync(now.Token);
            await _app.DisposeAsync();
        }
    }
}
