using OptiBid.Gateway.Tests.Fakes;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Api.Alerts;

public sealed class ListAlertsCallTests : IAsyncLifetime
{
    private const string Path = "/api/v1/alerts";

    private readonly MemoryKeys _keys = new();
    private AlertHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await AlertHost.StartAsync(_keys);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Alerts_Fired_AreGivenWholeAndToTheirUserAlone()
    {
        var user = AlertHost.UserOf("ann");
        _host.Gateway.Alerts.Fired(user).Add(MemoryAlertRules.Alert("one", user) with
        {
            Value = double.PositiveInfinity,
            Webhook = new WebhookDelivery(2, null, Ticks.Noon.AddMinutes(1), "answered 503"),
        });

        var alert = Assert.Single((await _host.CallAsync("GET", Path, 200))["items"]!.AsArray())!;
        Assert.Equal(double.MaxValue, (double)alert["value"]!);
        alert["value"] = 0;
        Assert.Equal(
            """{"id":"one","rule_id":"r1","rule_name":"dear","market_zone":"PJM","location":"51288","price_type":"REAL_TIME_5_MIN","kind":"ABOVE","timestamp":"2026-11-22T12:00:00Z","value":0,"threshold":100,"price":104.2,"fired_at":"2026-11-22T12:00:00Z","webhook":{"attempts":2,"delivered_at":null,"next_attempt":"2026-11-22T12:01:00Z","last_error":"answered 503"}}""",
            alert.ToJsonString());
        Assert.Empty((await _host.CallAsync("GET", Path, 200, user: "bob"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Alerts_PageByPage_AreAllThereNewestFirst()
    {
        var user = AlertHost.UserOf("ann");
        // Several at one moment, and more than a page.
        for (var i = 24; i >= 0; i--) _host.Gateway.Alerts.Fired(user).Add(MemoryAlertRules.Alert($"a{i:00}", user, i % 2 == 0 ? MarketZone.PJM : MarketZone.ERCOT, i % 3 == 0 ? "r3" : "r1", i / 4));

        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(static i => $"a{i:00}"), await ReadAsync("limit=4"));
        Assert.Equal(13, (await ReadAsync("limit=5&zone=PJM")).Count);
        Assert.Equal(25, (await ReadAsync("limit=9&zone=PJM&zone=ercot")).Count);
        Assert.Equal(9, (await ReadAsync("limit=2&rule=r3")).Count);
        Assert.Empty(await ReadAsync("rule=none"));

        var cursor = (string)(await _host.CallAsync("GET", Path + "?limit=1", 200))["next_cursor"]!;
        Assert.Equal("cursor", (string?)(await _host.CallAsync("GET", $"{Path}?limit=1&zone=PJM&cursor={cursor}", 400))["field"]);
        Assert.Equal("kind", (string?)(await _host.CallAsync("GET", Path + "?kind=ABOVE", 400))["field"]);
        Assert.Equal("limit", (string?)(await _host.CallAsync("GET", Path + "?limit=0", 400))["field"]);
    }

    [Fact]
    public async Task Alerts_OfAKeyForSomeZones_AreOfThese()
    {
        var (id, key) = await AlertHost.AddKeyAsync(_keys, MarketZone.ERCOT);
        _host.Gateway.Alerts.Fired("key:" + id).AddRange([MemoryAlertRules.Alert("pjm", "key:" + id), MemoryAlertRules.Alert("ercot", "key:" + id, MarketZone.ERCOT)]);

        Assert.Equal("ercot", (string)Assert.Single((await _host.CallAsync("GET", Path, 200, key: key))["items"]!.AsArray())!["id"]!);
        await _host.CallAsync("GET", Path + "?zone=PJM", 403, key: key);
    }

    private async Task<List<string>> ReadAsync(string query)
    {
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _host.CallAsync("GET", $"{Path}?{query}{(cursor is null ? "" : "&cursor=" + cursor)}", 200);
            ids.AddRange(page["items"]!.AsArray().Select(static alert => (string)alert!["id"]!));
            cursor = (string?)page["next_cursor"];
        }
        while (cursor is not null);
        return ids;
    }
}
