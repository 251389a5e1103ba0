using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace OptiBid.Gateway.Tests.Audit;

/// <summary>Calls that were denied, in the audit log.</summary>
public sealed class DeniedCallsTests
{
    private const string Token = "token-in-the-query-7719";

    [Fact]
    public async Task Calls_DeniedAnywhere_AreRecordedWithoutTheirQuery()
    {
        await using var gateway = await AuditHost.StartAsync();
        (string Method, string Path, string? Role, int Status, string Action, string? Target)[] calls =
        [
            ("GET", "/api/v1/prices/live", null, 401, "denied.GetLivePrices", null),
            ("POST", "/api/v1/prices/query", null, 401, "denied.QueryPrices", null),
            ("GET", "/api/v1/prices/PJM/A%0AB", null, 401, "denied.GetLocationPrices", "PJM/A?B"),
            ("GET", "/api/v1/nothing", null, 401, "denied.unknown", null),
            ("POST", "/hubs/prices/negotiate", null, 401, "denied.hubs.prices.negotiate", null),
            ("GET", "/metrics", null, 401, "denied.metrics", null),
            ("GET", "/metrics", "viewer", 403, "denied.metrics", null),
            ("GET", "/dashboard/version", "trader", 403, "denied.dashboard.version", null),
            ("GET", "/api/v1/admin/connectors/PJM", "viewer", 403, "connectors.read", "PJM"),
            ("DELETE", "/api/v1/backfill/PJM-b1", "viewer", 403, "backfills.cancel", "PJM-b1"),
        ];
        foreach (var call in calls) Assert.Equal(call.Status, await gateway.CallAsync(call.Method, $"{call.Path}?access_token={Token}", call.Role));
        Assert.Equal(200, await gateway.CallAsync("GET", "/api/v1/prices/live", "viewer"));
        Assert.Equal(404, await gateway.CallAsync("GET", "/api/v1/nothing", "viewer"));
        Assert.Equal(200, await gateway.CallAsync("GET", "/health/live"));

        var records = await gateway.RecordsAsync(calls.Length);

        Assert.Equal(
            calls.Select(call => (call.Action, call.Target, (int?)call.Status, call.Role is null ? "anonymous" : "bob?@example.com", call.Method)),
            records.Select(record => (record.Action, record.Target, record.Status, record.Actor, record.Details["method"])));
        Assert.All(records, record => Assert.Equal((false, "127.0.0.1"), (record.Allowed, record.Address)));
        Assert.All(records, record => Assert.InRange(record.At, DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow));
        Assert.Equal("/api/v1/prices/PJM/A?B", records[2].Details["path"]);
        Assert.DoesNotContain(Token, System.Text.Json.JsonSerializer.Serialize(records), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zone_NotPublic_IsRecordedFromRestAndHub()
    {
        await using var gateway = await AuditHost.StartAsync(isOpen: true);
        Assert.Equal(403, await gateway.CallAsync("POST", "/api/v1/prices/query", body: AuditHost.Query));
        await using var connection = new HubConnectionBuilder().WithUrl(new Uri(gateway.Address, "/hubs/prices")).Build();
        await connection.StartAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync("Subscribe", new { zones = new[] { "PJM" } }, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync("Subscribe", new { zones = new[] { "MARS" } }, TestContext.Current.CancellationToken));

        Assert.Equal(
            [("denied.QueryPrices", false, 403), ("denied.hubs.prices.Subscribe", false, 403)],
            (await gateway.RecordsAsync(2)).Select(record => (record.Action, record.Allowed, record.Status!.Value)));
    }
}
