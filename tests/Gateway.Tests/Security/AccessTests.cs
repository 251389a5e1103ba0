using System.Net.Http.Headers;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using OptiBid.Gateway.Api.Output;
using OptiBid.Grains.Interfaces;
using OptiBid.Silo.Hosting;

namespace OptiBid.Gateway.Tests.Security;

public class AccessTests(EmptyGateway empty, ProtectedGateway closed) : IClassFixture<ProtectedGateway>
{
    internal static readonly Dictionary<string, string?> Protected = new()
    {
        ["Security:Authority"] = IssuedTokens.Issuer,
        ["Security:Audience"] = "optibid",
        ["Connectors:PJM:Publish"] = "false",
    };

    private static readonly Dictionary<string, string?> Open = new()
    {
        ["Security:AllowAnonymous"] = "true",
        ["Connectors:PJM:Publish"] = "false",
    };

    [Fact]
    public async Task Start_OutsideDevelopmentWithoutAWayToSignIn_IsRefused() =>
        await Assert.ThrowsAsync<StartRefusedException>(() => GatewayHost.StartAsync(environment: "Production"));

    [Theory]
    [InlineData("/api/v1/prices/live")]
    [InlineData("/api/v1/prices/PJM/A")]
    [InlineData("/api/v1/prices/history?zone=PJM&location=A")]
    [InlineData("/api/v1/stream/real-time")]
    [InlineData("/api/v1/locations")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs")]
    [InlineData("/api/v1/nothing")]
    public async Task Call_WithoutAToken_Is401(string path)
    {
        var gateway = closed.Host;
        var problem = await gateway.GetAsync(path, 401);
        Assert.Equal("urn:optibid:problem:sign-in-required", (string?)problem["type"]);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/health")]
    [InlineData("/")]
    public async Task Health_WithoutAToken_Answers(string path)
    {
        var gateway = closed.Host;
        using var response = await gateway.Http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task Call_WithAToken_Answers()
    {
        await using var gateway = await StartAsync(Protected);
        gateway.Prices.Accept([Ticks.Update()]);
        gateway.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token("optibid", DateTime.UtcNow.AddMinutes(5)));
        Assert.Single((await gateway.GetAsync("/api/v1/prices/live"))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("other", 5)]
    [InlineData("optibid", -30)]
    public async Task Call_WithATokenForAnotherOrExpired_Is401(string audience, int minutes)
    {
        await using var gateway = await StartAsync(Protected);
        gateway.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(audience, DateTime.UtcNow.AddMinutes(minutes)));
        await gateway.GetAsync("/api/v1/prices/live", 401);
    }

    [Fact]
    public async Task Call_WithAnUnsignedToken_Is401()
    {
        await using var gateway = await StartAsync(Protected);
        var parts = Token("optibid", DateTime.UtcNow.AddMinutes(5)).Split('.');
        gateway.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.");
        await gateway.GetAsync("/api/v1/prices/live", 401);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("guest")]
    [InlineData("Viewer")]
    public async Task Call_WithATokenOfNoRole_Is403Everywhere(string? role)
    {
        await using var gateway = await StartAsync(Protected, "Production");
        var token = Token("optibid", DateTime.UtcNow.AddMinutes(5), role);
        gateway.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var path in new[] { "/api/v1/prices/live", "/api/v1/prices/PJM/A", "/api/v1/locations", "/api/v1/stream/real-time", "/docs", "/openapi/v1.json" })
            Assert.Equal("urn:optibid:problem:not-allowed", (string?)(await gateway.GetAsync(path, 403))["type"]);

        await using var refused = Connection(gateway, token);
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => refused.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, error.StatusCode);
    }

    [Theory]
    [InlineData("viewer")]
    [InlineData("trader")]
    [InlineData("operator")]
    [InlineData("admin")]
    public async Task Call_WithATokenOfAnyRole_Answers(string role)
    {
        await using var gateway = await StartAsync(Protected, "Production");
        gateway.Prices.Accept([Ticks.Update()]);
        var token = Token("optibid", DateTime.UtcNow.AddMinutes(5), role);
        gateway.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Single((await gateway.GetAsync("/api/v1/prices/live"))["items"]!.AsArray());
        await using var connection = Connection(gateway, token);
        await connection.StartAsync(TestContext.Current.CancellationToken);
        Assert.Single(await connection.InvokeAsync<PriceView[]>("Subscribe", new { }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Zone_NotPublished_IsKeptFromATokenOfNoRoleToo()
    {
        await using var gateway = await StartAsync(Open.Concat(Protected).DistinctBy(pair => pair.Key).ToDictionary());
        gateway.Prices.Accept([Ticks.Update("A"), Ticks.Update("A", zone: MarketZone.ERCOT)]);
        var token = Token("optibid", DateTime.UtcNow.AddMinutes(5), role: null);
        gateway.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Equal("ERCOT", (string?)(await gateway.GetAsync("/api/v1/prices/live"))["items"]!.AsArray().Single()!["market_zone"]);
        await gateway.GetAsync("/api/v1/stream/real-time?zone=PJM", 403);
        await using var connection = Connection(gateway, token);
        await connection.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal("ERCOT", Assert.Single(await connection.InvokeAsync<PriceView[]>("Subscribe", new { }, TestContext.Current.CancellationToken)).MarketZone);
    }

    [Fact]
    public async Task Stream_TokenRunsOut_Ends()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var gateway = await StartAsync(Protected, clock: clock);
        gateway.Prices.Accept([Ticks.Update()]);
        gateway.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token("optibid", clock.GetUtcNow().AddMinutes(5).UtcDateTime));
        using var subscriptions = new SubscriptionCount(gateway);
        using var events = await SseReader.OpenAsync(gateway.Http, "/api/v1/stream/real-time?max_rate_hz=0.1");
        Assert.Equal("snapshot", (await events.ReadAsync()).Name);
        await Eventually.TrueAsync(() => subscriptions.Value == 1, "counted");

        clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(": heartbeat", (await events.ReadAsync()).Data);
        clock.Advance(TimeSpan.FromMinutes(2));
        await Assert.ThrowsAsync<EndOfStreamException>(async () =>
        {
            while (true) await events.ReadAsync();
        });
    }

    [Fact]
    public async Task Token_InTheAddress_CountsForTheHubAlone()
    {
        await using var gateway = await StartAsync(Protected);
        var token = Token("optibid", DateTime.UtcNow.AddMinutes(5));
        await gateway.GetAsync("/api/v1/prices/live?access_token=" + token, 401);

        await using var refused = new HubConnectionBuilder().WithUrl(new Uri(gateway.Address, "/hubs/prices")).Build();
        await Assert.ThrowsAsync<HttpRequestException>(() => refused.StartAsync(TestContext.Current.CancellationToken));
        await using var connection = Connection(gateway, token);
        await connection.StartAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Zone_NotPublished_IsKeptFromAnonymousCallersEverywhere()
    {
        await using var gateway = await StartAsync(Open, "Production");
        gateway.Prices.Accept([Ticks.Update("A"), Ticks.Update("A", zone: MarketZone.ERCOT)]);
        gateway.History.Add(Ticks.Tick("A"), Ticks.Tick("A", zone: MarketZone.ERCOT));
        gateway.History.Add(new MarketLocation(new LocationId(MarketZone.PJM, "A"), "A", LocationType.Hub), new MarketLocation(new LocationId(MarketZone.ERCOT, "A"), "A", LocationType.Hub));

        foreach (var path in new[] { "/api/v1/prices/live", "/api/v1/locations", "/api/v1/prices/live?location=A&sort=price" })
            Assert.Equal("ERCOT", (string?)(await gateway.GetAsync(path))["items"]!.AsArray().Single()!["market_zone"]);
        var page = await gateway.PostAsync("/api/v1/prices/query", new { start = "2026-11-22T00:00:00Z", end = "2026-11-23T00:00:00Z" });
        Assert.Equal("ERCOT", (string?)page["items"]!.AsArray().Single()!["market_zone"]);
        foreach (var path in new[] { "/api/v1/prices/live?zone=PJM", "/api/v1/prices/PJM/A", "/api/v1/prices/history?zone=PJM&location=A", "/api/v1/locations?zone=PJM", "/api/v1/stream/real-time?zone=PJM" })
            Assert.Equal("urn:optibid:problem:zone-not-public", (string?)(await gateway.GetAsync(path, 403))["type"]);
        await gateway.PostAsync("/api/v1/prices/query", new { zones = new[] { "PJM" }, start = "2026-11-22T00:00:00Z", end = "2026-11-23T00:00:00Z" }, 403);

        using var events = await SseReader.OpenAsync(gateway.Http, "/api/v1/stream/real-time");
        Assert.DoesNotContain("PJM", (await events.ReadAsync()).Data);
        await using var connection = new HubConnectionBuilder().WithUrl(new Uri(gateway.Address, "/hubs/prices")).Build();
        await connection.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal("ERCOT", Assert.Single(await connection.InvokeAsync<PriceView[]>("Subscribe", new { }, TestContext.Current.CancellationToken)).MarketZone);
    }

    [Fact]
    public async Task Zone_NotPublished_IsShownToWhoeverIsSignedIn()
    {
        await using var gateway = await StartAsync(Open.Concat(Protected).DistinctBy(pair => pair.Key).ToDictionary());
        gateway.Prices.Accept([Ticks.Update("A")]);
        Assert.Empty((await gateway.GetAsync("/api/v1/prices/live"))["items"]!.AsArray());
        gateway.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token("optibid", DateTime.UtcNow.AddMinutes(5)));
        Assert.Single((await gateway.GetAsync("/api/v1/prices/live"))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("viewer", 403)]
    [InlineData("operator", 200)]
    [InlineData("admin", 200)]
    [InlineData(null, 401)]
    public async Task OperatorsPages_ByRole_AreForOperatorsAndAdministrators(string? role, int status)
    {
        await using var gateway = await StartAsync(Open, "Production");
        if (role is not null)
            gateway.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token("optibid", DateTime.UtcNow.AddMinutes(5), role));
        foreach (var path in new[] { "/metrics", "/dashboard/", "/dashboard/version", "/api/v1/admin/connectors" })
        {
            using var response = await gateway.Http.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task OperatorsPages_InDevelopmentWithoutAWayToSignIn_AreOpen()
    {
        var gateway = empty.Host;
        foreach (var path in new[] { "/metrics", "/dashboard/" })
        {
            using var response = await gateway.Http.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(200, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task EveryAnswer_CarriesTheSecurityHeadersAndNoServerName()
    {
        var gateway = empty.Host;
        foreach (var path in new[] { "/", "/api/v1/prices/live", "/health", "/nothing", "/fault" })
        {
            using var response = await gateway.Http.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Empty(response.Headers.Server);
        }
    }

    private static HubConnection Connection(GatewayHost gateway, string token) => new HubConnectionBuilder()
        .WithUrl(new Uri(gateway.Address, "/hubs/prices"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(token)).Build();

    internal static Task<GatewayHost> StartAsync(Dictionary<string, string?> settings, string environment = "Development", TimeProvider? clock = null) =>
        GatewayHost.StartAsync(settings: settings, environment: environment, clock: clock, services: services => services.AcceptIssuedTokens());

    private static string Token(string audience, DateTime expires, string? role = "viewer") => IssuedTokens.Create(audience, expires, role);
}
