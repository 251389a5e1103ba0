using System.Text.Json;
using System.Text.Json.Nodes;

namespace OptiBid.Gateway.Tests.Api.Admin;

/// <summary>What administrators do, in the audit log, and the call that reads it.</summary>
public sealed class AuditCallTests(AdminHost host) : IClassFixture<AdminHost>, IAsyncLifetime
{
    private const string Pjm = "/connectors/PJM/credentials";
    private const string Secret = "audited-key-3306";

    private readonly int _before = host.Records.Records.Length;

    public async ValueTask InitializeAsync() => await host.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Changes_DoneAndRefused_AreReadBackWithoutASecret()
    {
        await host.CallAsync("PUT", Pjm, 200, body: $$"""{"api_key":"{{Secret}}","password":"{{Secret}}-p"}""");
        await host.CallAsync("GET", Pjm, 200);
        await host.CallAsync("PUT", Pjm + "?api_key=" + Secret, 400, body: "{}");
        await host.CallAsync("PUT", Pjm, 400, body: $$"""{"api_key":"{{Secret}}","{{Secret}}":1}""");
        await host.CallAsync("PUT", Pjm, 403, "operator", $$"""{"api_key":"{{Secret}}"}""");
        await host.CallAsync("DELETE", Pjm, 401, role: null);
        await host.CallAsync("DELETE", Pjm, 200);
        await WrittenAsync(6);

        var page = await host.CallAsync("GET", "/audit?action=credentials.&limit=6", 200);

        Assert.Equal(
            [
                ("credentials.remove", "ann@example.com", true, 200), ("credentials.remove", "anonymous", false, 401), ("credentials.set", "ann@example.com", false, 403),
                ("credentials.set", "ann@example.com", true, 400), ("credentials.set", "ann@example.com", true, 400), ("credentials.set", "ann@example.com", true, 200),
            ],
            Items(page).Select(item => ((string)item["action"]!, (string)item["actor"]!, (bool)item["allowed"]!, (int)item["status"]!)));
        var first = Items(page)[5];
        Assert.Equal(
            ("PJM", "127.0.0.1", "PUT", "/api/v1/admin" + Pjm), ((string)first["target"]!, (string)first["address"]!, (string)first["details"]!["method"]!, (string)first["details"]!["path"]!));
        Assert.EndsWith("Z", (string?)first["at"], StringComparison.Ordinal);
        Assert.DoesNotContain("3306", page.ToJsonString() + JsonSerializer.Serialize(host.Records.Records) + string.Join('\n', host.Audit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_FiltersAndPages_FollowOneAnother()
    {
        for (var i = 0; i < 5; i++) await host.CallAsync("DELETE", i % 2 == 0 ? "/connectors/PJM/credentials" : "/connectors/ERCOT/credentials", i == 4 ? 403 : 200, i == 4 ? "trader" : "admin");
        await WrittenAsync(5);
        var from = Uri.EscapeDataString(host.Records.Records[_before].At.ToString("O"));

        List<string> targets = [];
        string? cursor = null;
        do
        {
            var page = await host.CallAsync("GET", $"/audit?actor=ann%40example.com&action=credentials.remove&allowed=true&from={from}&limit=3{(cursor is null ? "" : "&cursor=" + cursor)}", 200);
            Assert.Equal(cursor is null ? 3 : 1, Items(page).Count);
            targets.AddRange(Items(page).Select(item => (string)item["target"]!));
            cursor = (string?)page["next_cursor"];
        }
        while (cursor is not null);

        Assert.Equal(["ERCOT", "PJM", "ERCOT", "PJM"], targets);
        Assert.Single(Items(await host.CallAsync("GET", $"/audit?allowed=false&from={from}", 200)));
        Assert.Empty(Items(await host.CallAsync("GET", $"/audit?actor=nobody&from={from}", 200)));
        Assert.Empty(Items(await host.CallAsync("GET", "/audit?to=2026-01-01T00:00:00Z&action=credentials.remove", 200)));
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("viewer", 403)]
    [InlineData("trader", 403)]
    [InlineData("operator", 403)]
    public async Task Read_ByAnyButAnAdmin_IsDeniedAndRecorded(string? role, int status)
    {
        await host.CallAsync("GET", "/audit?actor=ann%40example.com", status, role);
        await WrittenAsync(1);

        var record = host.Records.Records[^1];
        Assert.Equal(("audit.read", false, status), (record.Action, record.Allowed, record.Status));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("allowed=maybe", "allowed")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-11-23T00:00:00Z&to=2026-11-22T00:00:00Z", "from")]
    [InlineData("cursor=AAAA", "cursor")]
    [InlineData("user=ann", "user")]
    public async Task Read_WrongParameter_Is400(string query, string field) =>
        Assert.Equal(field, (string?)(await host.CallAsync("GET", "/audit?" + query, 400))["field"]);

    [Fact]
    public async Task Read_StoreAway_Is503AndTellsNothingOfTheInside()
    {
        host.Records.IsAway = true;
        try
        {
            var problem = await host.CallAsync("GET", "/audit", 503);
            Assert.Equal("urn:optibid:problem:history-unavailable", (string?)problem["type"]);
            Assert.DoesNotContain("db-host", problem.ToJsonString(), StringComparison.Ordinal);
        }
        finally
        {
            host.Records.IsAway = false;
        }
    }

    private Task WrittenAsync(int count) => Eventually.TrueAsync(() => host.Records.Records.Length >= _before + count, $"{count} records");

    private static List<JsonNode> Items(JsonNode page) => [.. page["items"]!.AsArray().Select(item => item!)];
}
