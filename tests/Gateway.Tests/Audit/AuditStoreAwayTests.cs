using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Gateway.Audit;
using OptiBid.History;

namespace OptiBid.Gateway.Tests.Audit;

/// <summary>The way into the audit log while its store is away.</summary>
public sealed class AuditStoreAwayTests
{
    private const string Backfill = """{"zone":"PJM","feeds":["rt_hrl_lmps"],"start":"2026-10-01T00:00:00Z","end":"2026-11-01T00:00:00Z"}""";

    [Fact]
    public async Task Store_ComesBack_GetsEverythingInOrderAndOneLineSaysItWasAway()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var log = new LogRecorder();
        await using var gateway = await AuditHost.StartAsync(clock: clock, log: log);
        gateway.Audit.IsAway = true;

        for (var i = 0; i < 20; i++) Assert.Equal(202, await gateway.CallAsync("POST", "/api/v1/backfill/historical", "operator", Backfill));
        Assert.Equal(401, await gateway.CallAsync("GET", "/metrics"));
        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return Volatile.Read(ref gateway.Audit.Refused) > 2;
        }, "tried again");
        Assert.Empty(gateway.Audit.Records);

        gateway.Audit.IsAway = false;
        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(30));
            return gateway.Audit.Records.Length == 21;
        }, "written");

        Assert.Equal([.. Enumerable.Repeat("backfills.start", 20), "denied.metrics"], gateway.Audit.Records.Select(record => record.Action));
        await Eventually.TrueAsync(() => log.Lines.Any(line => line.Text.Contains("written again", StringComparison.Ordinal)), "said that it is back");
        Assert.Single(log.Lines, line => line.Text.Contains("cannot be written", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Buffer_IsFull_KeepsRoomForChangesCountsTheLostAndSaysSoOnce()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var log = new LogRecorder();
        await using var gateway = await AuditHost.StartAsync(clock: clock, buffer: 6, log: log);
        using var lost = new AuditLostCount(gateway);
        gateway.Audit.IsAway = true;

        for (var i = 0; i < 10; i++) Assert.Equal(401, await gateway.CallAsync("GET", "/metrics"));
        for (var i = 0; i < 5; i++) Assert.Equal(202, await gateway.CallAsync("POST", "/api/v1/backfill/historical", "operator", Backfill));

        await Eventually.TrueAsync(() => lost.Value == 9, "lost");
        Assert.Single(log.Lines, line => line.Level == LogLevel.Error && line.Text.Contains("are being lost", StringComparison.Ordinal));
        gateway.Audit.IsAway = false;
        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(30));
            return gateway.Audit.Records.Length == 6;
        }, "written");
        Assert.Equal(
            [.. Enumerable.Repeat("denied.metrics", 3), .. Enumerable.Repeat("backfills.start", 3)], gateway.Audit.Records.Select(record => record.Action));
        await Eventually.TrueAsync(() => log.Lines.Any(line => line.Text.EndsWith("lost until now: 9.", StringComparison.Ordinal)), "the number is said");
        Assert.Equal(401, await gateway.CallAsync("GET", "/metrics"));
        await gateway.RecordsAsync(7);
    }

    [Fact]
    public async Task End_OfTheProcess_WritesWhatWaits()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var gateway = await AuditHost.StartAsync(clock: clock);
        var audit = gateway.Audit;
        audit.IsAway = true;
        for (var i = 0; i < 3; i++) Assert.Equal(401, await gateway.CallAsync("GET", "/metrics"));
        await Eventually.TrueAsync(() => Volatile.Read(ref audit.Refused) > 0, "tried");

        audit.IsAway = false;
        await gateway.DisposeAsync();

        Assert.Equal(3, audit.Records.Length);
    }

    [Fact]
    public async Task End_WhileTheStoreIsAway_ComesAndCountsTheLost()
    {
        await using var gateway = await AuditHost.StartAsync(clock: new FakeTimeProvider(DateTimeOffset.UtcNow));
        using var lost = new AuditLostCount(gateway);
        gateway.Audit.IsAway = true;
        for (var i = 0; i < 3; i++) Assert.Equal(401, await gateway.CallAsync("GET", "/metrics"));

        await gateway.DisposeAsync();

        Assert.Equal(3, lost.Value);
    }

    [Fact]
    public async Task Record_ThatTheStoreRefuses_HarmsNoOther()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var gateway = await AuditHost.StartAsync(clock: clock);
        using var lost = new AuditLostCount(gateway);
        var queue = gateway.Services.GetRequiredService<AuditQueue>();
        gateway.Audit.IsAway = true;
        foreach (var action in new[] { "first", "refused", "last" }) queue.Add(new AuditRecord { At = clock.GetUtcNow(), Actor = "a", Action = action, Allowed = true });
        gateway.Audit.IsAway = false;
        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(30));
            return gateway.Audit.Records.Length == 2;
        }, "written");

        Assert.Equal(["first", "last"], gateway.Audit.Records.Select(record => record.Action));
        Assert.Equal(1, lost.Value);
    }
}
