using System.Net;
using OptiBid.Silo.Hosting;

namespace OptiBid.Gateway.Tests.Security;

public class EdgeTests
{
    private const string Live = "/api/v1/prices/live";
    private const string Negotiate = "/hubs/prices/negotiate?negotiateVersion=1";
    private const string Foreign = "https://elsewhere.example";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ForwardedFor_FromNoKnownProxy_GivesNoNewBudget(bool others)
    {
        var settings = One();
        if (others) (settings["ForwardedHeaders:KnownNetworks:0"], settings["ForwardedHeaders:KnownProxies:0"]) = ("10.0.0.0/8", "192.0.2.1");
        await using var gateway = await GatewayHost.StartAsync(settings: settings);
        Assert.True(await IsRefusedAsync(gateway, static call => $"203.0.113.{call}"));
    }

    [Fact]
    public async Task ForwardedFor_FromAKnownProxy_SaysWhoseBudget()
    {
        var settings = One();
        (settings["ForwardedHeaders:KnownNetworks:0"], settings["ForwardedHeaders:KnownProxies:0"]) = ("127.0.0.0/8", "192.0.2.1");
        await using var gateway = await GatewayHost.StartAsync(settings: settings);
        Assert.False(await IsRefusedAsync(gateway, static call => $"203.0.113.{call}"));
        Assert.False(await IsRefusedAsync(gateway, static call => $"203.0.113.{call + 10}, 192.0.2.1"));

        // What a caller has put before it himself is not the proxy's word.
        Assert.True(await IsRefusedAsync(gateway, static call => $"198.51.100.{call}, 203.0.113.200"));
    }

    [Fact]
    public async Task Https_Redirected_GoesForUsersAndNotForProbes()
    {
        await using var gateway = await GatewayHost.StartAsync(settings: new()
        {
            ["Https:Redirect"] = "true",
            ["Https:Hsts"] = "true",
            ["Https:HstsMaxAge"] = "365.00:00:00",
            ["ForwardedHeaders:KnownProxies:0"] = "127.0.0.1",
        });
        using var redirected = await SendAsync(gateway, HttpMethod.Get, Live, ("Host", "prices.example.com"));
        Assert.Equal(HttpStatusCode.TemporaryRedirect, redirected.StatusCode);
        Assert.Equal("https://prices.example.com/api/v1/prices/live", redirected.Headers.Location?.ToString());
        Assert.False(redirected.Headers.Contains("Strict-Transport-Security"));

        using var secure = await SendAsync(gateway, HttpMethod.Get, Live, ("Host", "prices.example.com"), ("X-Forwarded-Proto", "https"));
        Assert.Equal(HttpStatusCode.OK, secure.StatusCode);
        Assert.Equal("max-age=31536000", secure.Headers.GetValues("Strict-Transport-Security").Single());
        using var probe = await SendAsync(gateway, HttpMethod.Get, "/health/live");
        Assert.Equal(HttpStatusCode.OK, probe.StatusCode);
    }

    [Fact]
    public async Task Origins_NoneNamed_AreClosedToOtherPagesAndOpenToItsOwn()
    {
        await using var gateway = await GatewayHost.StartAsync();
        foreach (var path in new[] { Live, Negotiate, "/api/v1/stream/real-time" })
        {
            using var preflight = await SendAsync(gateway, HttpMethod.Options, path, ("Origin", Foreign), ("Access-Control-Request-Method", "GET"));
            Assert.False(preflight.Headers.Contains("Access-Control-Allow-Origin"));
        }

        using var read = await SendAsync(gateway, HttpMethod.Get, Live, ("Origin", Foreign));
        Assert.False(read.Headers.Contains("Access-Control-Allow-Origin"));
        using var refused = await SendAsync(gateway, HttpMethod.Post, Negotiate, ("Origin", Foreign));
        Assert.Equal("urn:optibid:problem:origin-not-allowed", (string?)(await GatewayHost.ReadAsync(refused, 403))["type"]);
        foreach (var own in new[] { gateway.Address.GetLeftPart(UriPartial.Authority), $"https://{gateway.Address.Authority}" })
        {
            using var accepted = await SendAsync(gateway, HttpMethod.Post, Negotiate, ("Origin", own));
            Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        }

        // To a web socket browsers do not apply CORS.
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", Foreign);
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(
            () => socket.ConnectAsync(new Uri($"ws://{gateway.Address.Authority}/hubs/prices"), TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Fact]
    public async Task Origins_Named_MayCallEverythingAndNobodyElseMay()
    {
        await using var gateway = await GatewayHost.StartAsync(settings: new() { ["Cors:Origins:0"] = "https://desk.example.com" });
        foreach (var (method, path) in new[] { (HttpMethod.Get, Live), (HttpMethod.Get, "/api/v1/stream/real-time"), (HttpMethod.Post, Negotiate) })
        {
            using var preflight = await SendAsync(gateway, HttpMethod.Options, path, ("Origin", "https://desk.example.com"), ("Access-Control-Request-Method", method.Method), ("Access-Control-Request-Headers", "authorization"));
            Assert.Equal("https://desk.example.com", preflight.Headers.GetValues("Access-Control-Allow-Origin").Single());
            using var call = await SendAsync(gateway, method, path, ("Origin", "https://desk.example.com"));
            Assert.Equal(HttpStatusCode.OK, call.StatusCode);
            Assert.Equal("https://desk.example.com", call.Headers.GetValues("Access-Control-Allow-Origin").Single());
            using var foreign = await SendAsync(gateway, method, path, ("Origin", Foreign));
            Assert.False(foreign.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Theory]
    [InlineData("ForwardedHeaders:KnownProxies", "proxy.example.com")]
    [InlineData("ForwardedHeaders:KnownNetworks", "10.0.0.1/33")]
    [InlineData("ForwardedHeaders:KnownNetworks", "0.0.0.0/0")]
    [InlineData("Https:Port", "0")]
    [InlineData("Https:HstsMaxAge", "-1.00:00:00")]
    [InlineData("Cors:Origins", "*")]
    [InlineData("Cors:Origins", "https://desk.example.com/")]
    [InlineData("Cors:Origins", "https://*.example.com")]
    [InlineData("Cors:Origins", "https://Desk.example.com")]
    [InlineData("Cors:Origins", "desk.example.com")]
    public async Task Setting_Wrong_StopsTheStart(string key, string value)
    {
        var entry = key.StartsWith("Https", StringComparison.Ordinal) ? key : key + ":0";
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => GatewayHost.StartAsync(settings: new() { [entry] = value }));
        Assert.StartsWith(key + ":", refused.Message);
    }

    private static Dictionary<string, string?> One() => new() { ["Limits:RequestsPerSecond"] = "1", ["Limits:Burst"] = "1" };

    /// <summary>Whether one of ten calls is refused, each forwarded for somebody else.</summary>
    private static async Task<bool> IsRefusedAsync(GatewayHost gateway, Func<int, string> forwarded)
    {
        for (var call = 1; call <= 10; call++)
        {
            using var response = await SendAsync(gateway, HttpMethod.Get, Live, ("X-Forwarded-For", forwarded(call)));
            if (response.StatusCode == HttpStatusCode.TooManyRequests) return true;
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        return false;
    }

    private static async Task<HttpResponseMessage> SendAsync(GatewayHost gateway, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = gateway.Address };
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
