using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Gateway.Tests.Audit;
using OptiBid.Gateway.Tests.Fakes;
using OptiBid.Grains.Interfaces;
using OptiBid.History;
using OptiBid.History.ApiKeys;

namespace OptiBid.Gateway.Tests.Security.ApiKeys;

public sealed class ApiKeyTests : IAsyncLifetime
{
    private const string Keys = "/api/v1/admin/api-keys";
    private const string Live = "/api/v1/prices/live";

    private readonly FakeTimeProvider _clock = new(Ticks.Noon);
    private readonly MemoryKeys _keys = new();
    private readonly ApiKeyText _admin = ApiKeyText.Create();
    private GatewayHost _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        await AddAsync(_admin, "admin");
        _gateway = await StartAsync();
        _gateway.Prices.Accept([Ticks.Update("51288", 30, interval: 0), Ticks.Update("HB_NORTH", 20, interval: 0, zone: MarketZone.ERCOT)]);
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Key_MadeOverTheApi_LetsInAtOnceAndIsNeverShownOrKeptAgain()
    {
        var made = await CreateAsync("""{"name":"bot","roles":["viewer"]}""");
        var key = (string)made["key"]!;

        Assert.Equal(200, await StatusAsync(Live, key));
        Assert.Equal(401, await StatusAsync(Live, null));
        var list = (await CallAsync("GET", Keys, _admin.Text, 200)).ToJsonString();
        Assert.Contains((string)made["api_key"]!["id"]!, list);
        var secret = key[^64..];
        Assert.DoesNotContain(secret, list);
        Assert.DoesNotContain(_keys.Keys, stored => Encoding.ASCII.GetString(stored.Hash).Contains(secret) || Convert.ToHexStringLower(stored.Hash) == secret);
        Assert.DoesNotContain(_gateway.Audit.Records, record => record.ToString().Contains(secret));
    }

    [Theory]
    [InlineData("optibid_0123456789abcdef_0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("optibid_")]
    [InlineData("' or 1=1 --")]
    public async Task Key_ThatIsNone_Is401AndOnRecord(string key)
    {
        var problem = await CallAsync("GET", Live, key, 401);

        Assert.Equal("urn:optibid:problem:sign-in-required", (string?)problem["type"]);
        await Eventually.TrueAsync(() => _gateway.Audit.Records.Any(record => record is { Action: "denied.GetLivePrices", Allowed: false, Status: 401 }), "a record");
    }

    [Fact]
    public async Task Key_BesideAToken_IsRefused()
    {
        using var request = AuditHost.Request("GET", Live, "viewer", body: null);
        request.Headers.Add("X-Api-Key", _admin.Text);
        using var response = await _gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(401, (int)response.StatusCode);
    }

    [Fact]
    public async Task Key_RevokedOnAnotherGateway_EndsWithinTheRefreshStreamsToo()
    {
        var text = await AddAsync(ApiKeyText.Create(), "viewer");
        Assert.Equal(200, await StatusAsync(Live, text.Text));
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(_gateway.Address, "/hubs/prices"), options => options.Headers.Add("X-Api-Key", text.Text)).Build();
        var closed = new TaskCompletionSource();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = _gateway.Address };
        http.DefaultRequestHeaders.Add("X-Api-Key", text.Text);
        using var events = await SseReader.OpenAsync(http, "/api/v1/stream/real-time");
        await events.ReadAsync();

        await _keys.RevokeAsync(text.Id, _clock.GetUtcNow(), TestContext.Current.CancellationToken);
        Assert.Equal(200, await StatusAsync(Live, text.Text));
        await RefreshedAsync();

        Assert.Equal(401, await StatusAsync(Live, text.Text));
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true) await events.ReadAsync();
        });
    }

    [Fact]
    public async Task Key_Rotated_BothSecretsWorkUntilTheOverlapIsOver()
    {
        var made = await CreateAsync("""{"name":"bot","roles":["viewer"]}""");
        var (old, id) = ((string)made["key"]!, (string)made["api_key"]!["id"]!);

        var rotated = (string)(await CallAsync("POST", $"{Keys}/{id}/rotate?overlap_hours=2", _admin.Text, 200))["key"]!;

        Assert.Equal((200, 200), (await StatusAsync(Live, old), await StatusAsync(Live, rotated)));
        _clock.Advance(TimeSpan.FromHours(2) + TimeSpan.FromSeconds(1));
        Assert.Equal((401, 200), (await StatusAsync(Live, old), await StatusAsync(Live, rotated)));
    }

    [Fact]
    public async Task Key_Expired_LetsNobodyIn()
    {
        var key = (string)(await CreateAsync($$"""{"name":"bot","roles":["viewer"],"expires_at":"{{_clock.GetUtcNow().AddHours(1).UtcDateTime:O}}"}"""))["key"]!;
        Assert.Equal(200, await StatusAsync(Live, key));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(401, await StatusAsync(Live, key));
    }

    [Fact]
    public async Task Key_OfAZone_SeesAndGivesAwayNothingElse()
    {
        var key = (await AddAsync(ApiKeyText.Create(), "admin", MarketZone.PJM)).Text;

        var live = await CallAsync("GET", Live, key, 200);
        Assert.All(live["items"]!.AsArray(), item => Assert.Equal("PJM", (string?)item!["market_zone"]));
        Assert.NotEmpty(live["items"]!.AsArray());
        foreach (var path in (string[])[Live + "?zone=ERCOT", "/api/v1/prices/ERCOT/HB_NORTH", "/api/v1/stream/real-time?zone=ERCOT", "/api/v1/admin/connectors/ERCOT", "/api/v1/metrics/current?zone=ERCOT", "/api/v1/backfill?zone=ERCOT", "/metrics", "/dashboard/"])
            Assert.Equal((path, 403), (path, await StatusAsync(path, key)));
        Assert.DoesNotContain("ERCOT", (await CallAsync("GET", "/api/v1/summary", key, 200)).ToJsonString());

        await CallAsync("POST", Keys, key, 403, """{"name":"more","roles":["viewer"]}""");
        await CallAsync("POST", Keys, key, 403, """{"name":"more","roles":["viewer"],"zones":["PJM","ERCOT"]}""");
        await CallAsync("POST", Keys, key, 200, """{"name":"less","roles":["viewer"],"zones":["PJM"]}""");
        await CallAsync("DELETE", $"{Keys}/{_admin.Id}", key, 403);
        foreach (var path in (string[])[Live, "/metrics", "/dashboard/"]) Assert.Equal((path, 200), (path, await StatusAsync(path, _admin.Text)));
    }

    [Fact]
    public async Task Keys_StoreAway_ThoseThatAreKnownGoOn()
    {
        var known = await AddAsync(ApiKeyText.Create(), "viewer");
        Assert.Equal(200, await StatusAsync(Live, known.Text));

        _keys.IsAway = true;
        await RefreshedAsync();

        Assert.Equal(200, await StatusAsync(Live, known.Text));
        Assert.Equal(503, (int)(await SendAsync("POST", Keys, _admin.Text, """{"name":"bot","roles":["viewer"]}""")).StatusCode);
    }

    [Fact]
    public async Task Keys_ManyStrangers_AskTheStoreOnceASecondAtTheMost()
    {
        var before = _keys.Reads;
        for (var i = 0; i < 50; i++) Assert.Equal(401, await StatusAsync(Live, ApiKeyText.Create().Text));
        Assert.InRange(_keys.Reads - before, 0, 1);
    }

    [Fact]
    public async Task Key_Used_IsNotedOnceAMinute()
    {
        for (var i = 0; i < 20; i++) Assert.Equal(200, await StatusAsync(Live, _admin.Text));
        Assert.Equal(0, _keys.Writes);

        _clock.Advance(TimeSpan.FromMinutes(1));

        await Eventually.TrueAsync(() => _keys.Keys.Single(key => key.Id == _admin.Id).LastUsedAt is not null, "a last use");
        Assert.Equal(1, _keys.Writes);
        Assert.Equal("127.0.0.1", _keys.Keys.Single(key => key.Id == _admin.Id).LastUsedFrom);
    }

    [Theory]
    [InlineData("""{"roles":["viewer"]}""", "name")]
    [InlineData("""{"name":"x","roles":["root"]}""", "roles")]
    [InlineData("""{"name":"x","roles":[]}""", "roles")]
    [InlineData("""{"name":"x","roles":["viewer"],"zones":["MARS"]}""", "zones")]
    [InlineData("""{"name":"x","roles":["viewer"],"expires_at":"2001-01-01T00:00:00Z"}""", "expires_at")]
    [InlineData("""{"name":"x","roles":["viewer"],"secret":"mine"}""", "secret")]
    public async Task Key_ThatCannotBeMade_IsRefusedByField(string body, string field) =>
        Assert.Equal(field, (string?)(await CallAsync("POST", Keys, _admin.Text, 400, body))["field"]);

    private Task<GatewayHost> StartAsync() => GatewayHost.StartAsync(
        settings: new() { ["Security:ApiKeys"] = "true" }, environment: "Production", clock: _clock, keys: _keys);

    /// <summary>Lets the time of a refresh pass and waits for it.</summary>
    private async Task RefreshedAsync()
    {
        var before = _keys.Reads;
        _clock.Advance(TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(() => _keys.Reads > before, "a refresh");
        // What is read is in force a moment later; a second one comes after the first.
        before = _keys.Reads;
        _clock.Advance(TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(() => _keys.Reads > before, "a second refresh");
    }

    private async Task<ApiKeyText> AddAsync(ApiKeyText text, string role, params MarketZone[] zones)
    {
        await _keys.AddAsync(new ApiKey
        {
            Id = text.Id, Name = role, Hash = text.Hash(), Roles = [role], Zones = zones.Length == 0 ? null : zones, CreatedAt = Ticks.Noon, CreatedBy = "test",
        });
        return text;
    }

    private Task<JsonNode> CreateAsync(string body) => CallAsync("POST", Keys, _admin.Text, 200, body);

    private async Task<JsonNode> CallAsync(string method, string path, string? key, int status, string? body = null)
    {
        using var response = await SendAsync(method, path, key, body);
        return await GatewayHost.ReadAsync(response, status);
    }

    private async Task<int> StatusAsync(string path, string? key)
    {
        using var response = await SendAsync("GET", path, key);
        return (int)response.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? key, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null) request.Headers.Add("X-Api-Key", key);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
