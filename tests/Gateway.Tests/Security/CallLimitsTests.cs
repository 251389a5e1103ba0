using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.SignalR.Client;
using OptiBid.Gateway.Security;

namespace OptiBid.Gateway.Tests.Security;

public class CallLimitsTests
{
    private const string Live = "/api/v1/prices/live";
    private const string History = "/api/v1/prices/history?zone=PJM&location=A&start=2026-11-22T00:00:00Z&end=2026-11-23T00:00:00Z";
    private const string Stream = "/api/v1/stream/real-time";

    private static readonly Dictionary<string, string?> SignIn = new()
    {
        ["Security:Authority"] = IssuedTokens.Issuer,
        ["Security:Audience"] = IssuedTokens.Audience,
    };

    [Fact]
    public async Task Calls_BeyondTheBurst_AreRefusedUntilTheTimeThatTheAnswerSaysAndHealthIsFree()
    {
        await using var gateway = await GatewayHost.StartAsync(settings: Few());
        using var rejected = new RejectedCount(gateway);
        using var refused = await SpendAsync(gateway, Live);
        Assert.Equal("urn:optibid:problem:too-many-requests", (string?)(await GatewayHost.ReadAsync(refused, 429))["type"]);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal("\"calls\";q=3;w=3", refused.Headers.GetValues("RateLimit-Policy").Single());
        Assert.StartsWith("\"calls\";r=0;t=", refused.Headers.GetValues("RateLimit").Single());
        Assert.Equal(1, rejected.Value);
        for (var i = 0; i < 5; i++)
        {
            using var health = await gateway.Http.GetAsync("/health/live", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, health.StatusCode);
            Assert.False(health.Headers.Contains("RateLimit"));
        }

        // The library's bucket has no clock but the system's.
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        await Task.Delay(TimeSpan.FromSeconds(1.2), TestContext.Current.CancellationToken);
        await gateway.GetAsync(Live);
    }

    [Fact]
    public async Task Callers_OneHasSpentHisBudget_OthersHaveTheirs()
    {
        await using var gateway = await GatewayHost.StartAsync(
            settings: Few().Concat(SignIn).Append(new("Security:AllowAnonymous", "true")).ToDictionary(), services: static services => services.AcceptIssuedTokens());
        using (await SpendAsync(gateway, Live, Token("greedy")))
        {
        }

        Assert.Equal(200, await StatusAsync(gateway, Live, Token("modest")));
        Assert.Equal(200, await StatusAsync(gateway, Live));
    }

    [Fact]
    public async Task Calls_RefusedForWantOfAToken_CountToo()
    {
        await using var gateway = await GatewayHost.StartAsync(settings: Few().Concat(SignIn).ToDictionary());
        using var refused = await SpendAsync(gateway, Live, answer: 401);
    }

    [Fact]
    public async Task History_BeyondItsBudget_IsRefusedAndOrdinaryCallsGoOn()
    {
        await using var gateway = await GatewayHost.StartAsync(WithPrice, new() { ["Limits:ExportsPerMinute"] = "2" });
        Assert.Equal(200, await StatusAsync(gateway, History));
        await gateway.PostAsync("/api/v1/prices/query", new { start = "2026-11-22T00:00:00Z", end = "2026-11-23T00:00:00Z" });
        using var refused = await gateway.Http.GetAsync(History, TestContext.Current.CancellationToken);
        await GatewayHost.ReadAsync(refused, 429);
        Assert.Equal("\"exports\";q=2;w=60", refused.Headers.GetValues("RateLimit-Policy").Single());
        Assert.Equal(TimeSpan.FromSeconds(30), refused.Headers.RetryAfter?.Delta);
        await gateway.PostAsync("/api/v1/alerts/rules", new { }, 429);
        await gateway.GetAsync("/api/v1/alerts/rules");
        await gateway.GetAsync(Live);
    }

    [Fact]
    public async Task Exports_MoreAtOnceThanTheLimit_AreRefusedUntilOneHasEnded()
    {
        await using var gateway = await GatewayHost.StartAsync(
            static history => history.Source = static _ => Enumerable.Range(0, int.MaxValue).Select(static i => Ticks.Tick("A", interval: i % 288)),
            new() { ["Limits:ConcurrentExports"] = "1" });
        using (var request = new HttpRequestMessage(HttpMethod.Get, History) { Headers = { Accept = { new("application/x-ndjson") } } })
        using (var endless = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.OK, endless.StatusCode);
            Assert.Equal("urn:optibid:problem:too-many-at-once", (string?)(await gateway.GetAsync(History, 429))["type"]);
            await gateway.GetAsync(Live);
        }

        await Eventually.TrueAsync(async () => await StatusAsync(gateway, History) == 200, "a place is free again");
    }

    [Fact]
    public async Task Streams_MoreFromAnAddressThanTheLimit_AreRefusedUntilOneHasEnded()
    {
        await using var gateway = await GatewayHost.StartAsync(settings: new() { ["Limits:ConnectionsPerAddress"] = "1" });
        using (await SseReader.OpenAsync(gateway.Http, Stream))
        {
            Assert.Equal("urn:optibid:problem:too-many-at-once", (string?)(await gateway.GetAsync(Stream, 429))["type"]);
            await using var connection = new HubConnectionBuilder().WithUrl(new Uri(gateway.Address, "/hubs/prices")).Build();
            var error = await Assert.ThrowsAsync<HttpRequestException>(() => connection.StartAsync(TestContext.Current.CancellationToken));
            Assert.Equal(HttpStatusCode.TooManyRequests, error.StatusCode);
            await gateway.GetAsync(Live);
        }

        await Eventually.TrueAsync(async () => await StatusAsync(gateway, Stream) == 200, "a place is free again");
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("0.0.0.0", "::", false)]
    public void AddressBlock_TwoAddresses_AreOneCallersWhereOneIsGivenBoth(string one, string other, bool same) =>
        Assert.Equal(same, AddressBlock.Of(IPAddress.Parse(one)) == AddressBlock.Of(IPAddress.Parse(other)));

    private static Dictionary<string, string?> Few() => new() { ["Limits:RequestsPerSecond"] = "1", ["Limits:Burst"] = "3" };

    private static void WithPrice(Fakes.MemoryHistory history) => history.Add(Ticks.Tick("A"));

    private static string Token(string subject) => IssuedTokens.Create(IssuedTokens.Audience, DateTime.UtcNow.AddMinutes(5), "viewer", subject);

    /// <summary>Calls until it is refused, which takes a few calls more where they are slow.</summary>
    private static async Task<HttpResponseMessage> SpendAsync(GatewayHost gateway, string path, string? token = null, int answer = 200)
    {
        for (var calls = 0; calls < 50; calls++)
        {
            var response = await SendAsync(gateway, path, token);
            if (response.StatusCode == HttpStatusCode.TooManyRequests && calls >= 3) return response;
            Assert.Equal(answer, (int)response.StatusCode);
            response.Dispose();
        }

        throw new InvalidOperationException("No call was refused.");
    }

    private static async Task<int> StatusAsync(GatewayHost gateway, string path, string? token = null)
    {
        using var response = await SendAsync(gateway, path, token);
        return (int)response.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(GatewayHost gateway, string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    private sealed class RejectedCount(GatewayHost gateway) : Count(gateway, "optibid.gateway.requests.rejected");
}
