namespace OptiBid.History.Tests.Contract;

/// <summary>What every port says when its store is away.</summary>
internal static class PortsAway
{
    public static async Task AssertUnavailableAsync(IIngestionLog log, IAuditLog audit, IIntervalCounts counts, IProtectedValues values, IZoneHours hours, IQualityEvents findings, IApiKeys keys)
    {
        Func<Task>[] uses =
        [
            () => log.RecordAsync([Fetches.At()]),
            () => log.DeleteBeforeAsync(Ticks.Noon),
            async () => await log.ReadAsync(new() { Zone = MarketZone.PJM }).ToListAsync(),
            () => audit.RecordAsync([Actions.At()]),
            async () => await audit.ReadAsync(new()).ToListAsync(),
            () => counts.CountAsync(MarketZone.PJM, PriceType.RealTime5Min, Ticks.Noon, Ticks.Noon.AddDays(1)),
            () => values.WriteAsync("key", new byte[] { 1 }),
            () => values.WriteAsync("key", new byte[] { 1 }, 0),
            () => values.ReadAsync("key"),
            () => values.ListAsync(""),
            () => values.DeleteAsync("key"),
            () => keys.ListAsync(),
            () => keys.AddAsync(Keys.Of("0123456789abcdef")),
            () => keys.RotateAsync("0123456789abcdef", Keys.HashOf(2), Ticks.Noon, Ticks.Noon),
            () => keys.RevokeAsync("0123456789abcdef", Ticks.Noon),
            () => keys.NoteUsesAsync([new("0123456789abcdef", Ticks.Noon, null)]),
            () => hours.SummarizeAsync(MarketZone.PJM, Ticks.Noon, Ticks.Noon.AddHours(1)),
            () => hours.CountSourcesAsync(MarketZone.PJM, Ticks.Noon, Ticks.Noon.AddHours(1)),
            () => findings.DeleteBeforeAsync(Ticks.Noon),
            async () => await findings.ReadAsync(new() { Zones = [MarketZone.PJM] }).ToListAsync(),
        ];
        foreach (var use in uses) _ = await Assert.ThrowsAsync<HistoryUnavailableException>(use);
    }
}
