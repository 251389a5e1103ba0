using System.Text.Json.Nodes;
using OptiBid.Gateway.Tests.Fakes;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Api.Alerts;

public sealed class AlertRulesCallsTests : IAsyncLifetime
{
    private readonly MemoryKeys _keys = new();
    private AlertHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await AlertHost.StartAsync(_keys);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Rule_FromMakingToEnding_IsAsItWasGiven()
    {
        using var created = await _host.SendAsync("POST", AlertHost.Path, AlertHost.Body(
            ("locations", new JsonArray("WESTERN HUB", "51288")), ("kind", "below"), ("threshold", -5.5), ("hysteresis", 2), ("cool_down_seconds", 900), ("enabled", false), ("webhook", "https://example.com/alerts?desk=1")));
        var rule = await GatewayHost.ReadAsync(created, 201);
        Assert.Equal($"{AlertHost.Path}/{rule["id"]}", created.Headers.Location!.OriginalString);
        Assert.True(created.Headers.CacheControl!.NoStore);
        Assert.Equal(
            """{"id":"r1","version":1,"name":"dear","zone":"PJM","locations":["51288"],"price_type":"REAL_TIME_5_MIN","kind":"BELOW","threshold":-5.5,"hysteresis":2,"cool_down_seconds":900,"enabled":false,"webhook":"https://example.com/alerts?desk=1","webhook_secret":"whsec_c2VjcmV0"}""",
            rule.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

        // The secret is never shown again.
        var read = await _host.CallAsync("GET", $"{AlertHost.Path}/r1", 200);
        rule.AsObject().Remove("webhook_secret");
        Assert.True(JsonNode.DeepEquals(rule, read));
        Assert.True(JsonNode.DeepEquals(rule, Assert.Single((await _host.CallAsync("GET", AlertHost.Path, 200))["items"]!.AsArray())));

        var changed = await _host.CallAsync("PUT", $"{AlertHost.Path}/r1", 200, AlertHost.Body(("name", "cheap"), ("threshold", 0)));
        Assert.Equal(("r1", 2, "cheap", 0.0, 0.0, 0.0, true, "ABOVE"), ((string)changed["id"]!, (int)changed["version"]!, (string)changed["name"]!, (double)changed["threshold"]!,
            (double)changed["hysteresis"]!, (double)changed["cool_down_seconds"]!, (bool)changed["enabled"]!, (string)changed["kind"]!));
        Assert.Null(changed["webhook"]);

        Assert.Equal("cheap", (string)(await _host.CallAsync("DELETE", $"{AlertHost.Path}/r1", 200))["name"]!);
        Assert.Equal("urn:optibid:problem:unknown-alert-rule", (string)(await _host.CallAsync("GET", $"{AlertHost.Path}/r1", 404))["type"]!);
        Assert.Equal("r1", (string)(await _host.CallAsync("DELETE", $"{AlertHost.Path}/r1", 404))["value"]!);
        await _host.CallAsync("PUT", $"{AlertHost.Path}/r1", 404, AlertHost.Body());
        Assert.Empty((await _host.CallAsync("GET", AlertHost.Path, 200))["items"]!.AsArray());
    }

    public static TheoryData<string, string, string?> Wrong => new()
    {
        { """{"name":null}""", "name", null },
        { """{"name":""}""", "name", null },
        { $$"""{"name":"{{new string('x', 101)}}"}""", "name", "100" },
        { """{"name":"a\nb"}""", "name", null },
        { """{"zone":null}""", "zone", "PJM" },
        { """{"zone":"MARS"}""", "zone", "ERCOT" },
        { """{"locations":null}""", "locations", null },
        { """{"locations":[]}""", "locations", null },
        { """{"locations":"51288"}""", "locations", "array" },
        { $$"""{"locations":[{{string.Join(',', Enumerable.Repeat("\"51288\"", 101))}}]}""", "locations", "100" },
        { """{"locations":["TWIN"]}""", "location", "1, 2" },
        { """{"price_type":"WEEKLY"}""", "price_type", "REAL_TIME_15_MIN" },
        { """{"kind":null}""", "kind", "STALENESS" },
        { """{"kind":"SPREAD"}""", "kind", "DART_ABOVE" },
        { """{"kind":"DART_ABOVE","price_type":"DAY_AHEAD_HOURLY"}""", "price_type", "REAL_TIME_HOURLY" },
        { """{"threshold":null}""", "threshold", null },
        { """{"threshold":"100"}""", "threshold", "a number" },
        { """{"threshold":1e400}""", "threshold", "finite" },
        { """{"threshold":1000001}""", "threshold", "1000000" },
        { """{"kind":"CHANGE","threshold":0}""", "threshold", "above 0" },
        { """{"kind":"SPIKE","threshold":-1}""", "threshold", "above 0" },
        { """{"kind":"VOLATILITY","threshold":0}""", "threshold", "above 0" },
        { """{"kind":"STALENESS","threshold":0}""", "threshold", "above 0" },
        { """{"kind":"CHANGE","threshold":5,"hysteresis":5}""", "hysteresis", "less than the threshold" },
        { """{"hysteresis":-0.1}""", "hysteresis", "from 0" },
        { """{"cool_down_seconds":-1}""", "cool_down_seconds", "from 0 to 86400" },
        { """{"cool_down_seconds":86401}""", "cool_down_seconds", "from 0 to 86400" },
        { """{"enabled":"yes"}""", "enabled", "true or false" },
        { """{"webhook":"example.com"}""", "webhook", "whole address" },
        { """{"webhook":"http://example.com/"}""", "webhook", "https://" },
        { """{"webhook":"ftp://example.com/"}""", "webhook", "https://" },
        { """{"webhook":"https://ann:secret@example.com/"}""", "webhook", "user name" },
        { """{"webhook":"https://127.0.0.1/"}""", "webhook", "public" },
        { """{"webhook":"https://2130706433/"}""", "webhook", "public" },
        { """{"webhook":"https://[::1]:8443/"}""", "webhook", "public" },
        { """{"webhook":"https://169.254.169.254/latest/meta-data"}""", "webhook", "public" },
        { """{"webhook":"https://localhost/"}""", "webhook", "public" },
        { """{"webhook":"https://metadata.google.internal/"}""", "webhook", "public" },
        { """{"webhook":"https://optibid-silo/"}""", "webhook", "public" },
        { """{"cooldown":5}""", "cooldown", "cool_down_seconds" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task Rule_WithAWrongValue_IsRefusedByName(string fields, string field, string? allowed)
    {
        var body = AlertHost.Body([.. JsonNode.Parse(fields.Replace("\n", "\\n"))!.AsObject().Select(static field => (field.Key, field.Value))]);

        foreach (var (method, path) in new[] { ("POST", AlertHost.Path), ("PUT", AlertHost.Path + "/r1") })
        {
            var problem = await _host.CallAsync(method, path, 400, body);
            Assert.Equal(field, (string?)problem["field"]);
            if (allowed is not null) Assert.Contains(allowed, (string)problem["detail"]!);
        }

        Assert.Empty((await _host.CallAsync("GET", AlertHost.Path, 200))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("ABOVE", 0)]
    [InlineData("BELOW", -250)]
    [InlineData("DART_ABOVE", -1)]
    [InlineData("DART_BELOW", 0)]
    [InlineData("SPIKE", 0.5)]
    [InlineData("STALENESS", 20)]
    public async Task Rule_OfEachKind_TakesTheThresholdsThatMeanSomething(string kind, double threshold)
    {
        var rule = await _host.CallAsync("POST", AlertHost.Path, 201, AlertHost.Body(("kind", kind), ("threshold", threshold)));
        Assert.Equal((kind, threshold), ((string)rule["kind"]!, (double)rule["threshold"]!));
    }

    [Fact]
    public async Task Rule_LocationOfNone_IsNotFound()
    {
        var problem = await _host.CallAsync("POST", AlertHost.Path, 404, AlertHost.Body(("locations", new JsonArray("51288", "nowhere"))));
        Assert.Equal(("urn:optibid:problem:unknown-location", "nowhere"), ((string)problem["type"]!, (string)problem["value"]!));
    }

    [Fact]
    public async Task Rule_WithoutPriceType_IsOfTheShortestIntervalThereIs()
    {
        _host.Gateway.Feed.Push(Ticks.Update("HB_NORTH", type: PriceType.RealTime15Min, zone: MarketZone.ERCOT));
        await Eventually.TrueAsync(() => _host.Gateway.Prices.Find(new(MarketZone.ERCOT, "HB_NORTH")) is not null, "shown");

        var rule = await _host.CallAsync("POST", AlertHost.Path, 201, AlertHost.Body(("zone", "ERCOT"), ("locations", new JsonArray("HB_NORTH"))));

        Assert.Equal("REAL_TIME_15_MIN", (string)rule["price_type"]!);
    }

    [Fact]
    public async Task Rules_OfAnotherUser_AreNotThere()
    {
        await _host.CallAsync("POST", AlertHost.Path, 201, AlertHost.Body());

        Assert.Empty((await _host.CallAsync("GET", AlertHost.Path, 200, user: "bob"))["items"]!.AsArray());
        await _host.CallAsync("GET", AlertHost.Path + "/r1", 404, user: "bob", role: "admin");
        await _host.CallAsync("PUT", AlertHost.Path + "/r1", 404, AlertHost.Body(), user: "bob");
        await _host.CallAsync("DELETE", AlertHost.Path + "/r1", 404, user: "bob");
        Assert.Equal(1, (int)(await _host.CallAsync("GET", AlertHost.Path + "/r1", 200, role: "operator"))["version"]!);
    }

    [Fact]
    public async Task Rules_OfAKey_AreItsOwnAndNotThoseOfASubjectThatLooksLikeIt()
    {
        var (id, key) = await AlertHost.AddKeyAsync(_keys);
        await _host.CallAsync("POST", AlertHost.Path, 201, AlertHost.Body(), key: key);

        Assert.Single((await _host.CallAsync("GET", AlertHost.Path, 200, key: key))["items"]!.AsArray());
        Assert.Empty((await _host.CallAsync("GET", AlertHost.Path, 200, user: "key:" + id))["items"]!.AsArray());
        Assert.Contains("key:" + id, _host.Gateway.Alerts.Users);
    }

    [Fact]
    public async Task Rules_OfAKeyThatIsRevoked_End()
    {
        var (id, key) = await AlertHost.AddKeyAsync(_keys);
        await _host.CallAsync("POST", AlertHost.Path, 201, AlertHost.Body(), key: key);
        await _host.CallAsync("POST", AlertHost.Path, 201, AlertHost.Body(), key: key);

        await _host.CallAsync("DELETE", "/api/v1/admin/api-keys/" + id, 200, role: "admin");

        Assert.Empty(await _host.Gateway.Alerts.Of("key:" + id).GetRulesAsync());
    }

    [Fact]
    public async Task Rules_OfAKeyForSomeZones_AreOfThese()
    {
        var (id, key) = await AlertHost.AddKeyAsync(_keys, MarketZone.ERCOT);
        Assert.Equal("zone", (string?)(await _host.CallAsync("POST", AlertHost.Path, 403, AlertHost.Body(), key: key))["field"]);

        // Made when the key saw more.
        await _host.Gateway.Alerts.Of("key:" + id).SaveRuleAsync(new AlertRule { Name = "old", Zone = MarketZone.PJM, Locations = ["51288"], PriceType = PriceType.RealTime5Min, Kind = AlertKind.Above, Threshold = 1 });
        Assert.Empty((await _host.CallAsync("GET", AlertHost.Path, 200, key: key))["items"]!.AsArray());
        await _host.CallAsync("GET", AlertHost.Path + "/r1", 404, key: key);
        await _host.CallAsync("PUT", AlertHost.Path + "/r1", 404, AlertHost.Body(("zone", "ERCOT"), ("locations", new JsonArray("HB_NORTH"))), key: key);
        await _host.CallAsync("DELETE", AlertHost.Path + "/r1", 404, key: key);
    }

    [Theory]
    [InlineData(null, null, 401)]
    [InlineData("ann", "viewer", 403)]
    [InlineData("ann", null, 403)]
    public async Task Rules_BelowTrader_AreDenied(string? user, string? role, int status)
    {
        await _host.CallAsync("GET", AlertHost.Path, status, user: user, role: role);
        await _host.CallAsync("POST", AlertHost.Path, status, AlertHost.Body(), user: user, role: role);
        await _host.CallAsync("GET", "/api/v1/alerts", status, user: user, role: role);
    }

    [Fact]
    public async Task Rule_ThatCannotBeKept_IsRefusedInWords()
    {
        _host.Gateway.Alerts.HasNoKeys = true;
        var problem = await _host.CallAsync("POST", AlertHost.Path, 409, AlertHost.Body(("webhook", "https://example.com/")));
        Assert.Equal(("urn:optibid:problem:alert-rule-refused", "Set KeyRing:Folder."), ((string)problem["type"]!, (string)problem["detail"]!));

        for (var i = 0; i < AlertRule.MaxRules; i++) await _host.CallAsync("POST", AlertHost.Path, 201, AlertHost.Body());
        Assert.Contains("100", (string)(await _host.CallAsync("POST", AlertHost.Path, 409, AlertHost.Body()))["detail"]!);
    }

    [Fact]
    public async Task Rules_UnknownQueryParameter_IsRefused()
    {
        Assert.Equal("zone", (string?)(await _host.CallAsync("GET", AlertHost.Path + "?zone=PJM", 400))["field"]);
        Assert.Equal("dry_run", (string?)(await _host.CallAsync("POST", AlertHost.Path + "?dry_run=true", 400, AlertHost.Body()))["field"]);
        Assert.Equal("dry_run", (string?)(await _host.CallAsync("PUT", AlertHost.Path + "/r1?dry_run=true", 400, AlertHost.Body()))["field"]);
        Assert.Equal("force", (string?)(await _host.CallAsync("DELETE", AlertHost.Path + "/r1?force=true", 400))["field"]);
    }

    [Fact]
    public async Task Rules_ClusterAway_AreUnavailableAndKeysAreRevokedAllTheSame()
    {
        var (id, key) = await AlertHost.AddKeyAsync(_keys);
        _host.Gateway.Alerts.IsAway = true;

        Assert.Equal("urn:optibid:problem:cluster-unavailable", (string)(await _host.CallAsync("GET", AlertHost.Path, 503))["type"]!);
        await _host.CallAsync("POST", AlertHost.Path, 503, AlertHost.Body());
        await _host.CallAsync("GET", "/api/v1/alerts", 503);
        await _host.CallAsync("DELETE", "/api/v1/admin/api-keys/" + id, 200, role: "admin");
        await _host.CallAsync("GET", AlertHost.Path, 401, key: key);
    }

    [Fact]
    public async Task Rules_Changed_StandInTheAuditLog()
    {
        await _host.CallAsync("POST", AlertHost.Path, 201, AlertHost.Body(("webhook", "https://example.com/of-ann")));
        await _host.CallAsync("PUT", AlertHost.Path + "/r1", 200, AlertHost.Body());
        await _host.CallAsync("DELETE", AlertHost.Path + "/r1", 200);
        await _host.CallAsync("DELETE", AlertHost.Path + "/r1", 404);
        await _host.CallAsync("GET", AlertHost.Path, 200);
        await _host.CallAsync("GET", AlertHost.Path, 403, role: "viewer");

        await Eventually.TrueAsync(() => _host.Gateway.Audit.Records.Length == 5, "recorded");
        Assert.Equal(
            [("alert-rules.create", "r1", 201, "ann"), ("alert-rules.replace", "r1", 200, "ann"), ("alert-rules.delete", "r1", 200, "ann"), ("alert-rules.delete", "r1", 404, "ann"), ("denied.ListAlertRules", null, 403, "ann")],
            _host.Gateway.Audit.Records.Select(static record => (record.Action, record.Target, record.Status ?? 0, record.Actor)));
        Assert.DoesNotContain("of-ann", string.Concat(_host.Gateway.Audit.Records.SelectMany(static record => record.Details).Select(static detail => detail.Value)));
    }
}
