using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Tests.Audit;

/// <summary>Exports in the audit log, however they end.</summary>
public sealed class ExportRecordsTests(ExportRecordsTests.Fixture fixture) : IClassFixture<ExportRecordsTests.Fixture>
{
    private readonly GatewayHost _gateway = fixture.Gateway;
    private readonly int _before = fixture.Gateway.Audit.Records.Length;

    public sealed class Fixture : IAsyncLifetime
    {
        internal GatewayHost Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Gateway = await AuditHost.StartAsync();
            Gateway.History.Add([.. Enumerable.Range(0, 7).Select(i => Ticks.Tick("A", i, i))]);
            Gateway.History.Add([.. Enumerable.Range(0, 12).Select(i => new MarketLocation(new LocationId(MarketZone.PJM, $"L{i:00}"), "L", LocationType.Hub))]);
        }

        public ValueTask DisposeAsync() => Gateway.DisposeAsync();
    }

    [Theory]
    [InlineData("application/x-ndjson", "NDJSON")]
    [InlineData("text/csv", "CSV")]
    [InlineData("application/vnd.apache.parquet", "PARQUET")]
    public async Task Export_ThatIsWhole_IsRecordedWithItsRows(string accept, string format)
    {
        Assert.Equal(200, await SendAsync(AuditHost.Query, accept));

        var record = await RecordAsync();

        Assert.Equal(
            ("export.prices", "bob?@example.com", "PJM", true, 200, "127.0.0.1"), (record.Action, record.Actor, record.Target, record.Allowed, record.Status, record.Address));
        Assert.Equal(
            [("format", format), ("method", "POST"), ("outcome", "complete"), ("path", "/api/v1/prices/query"), ("range", "2026-11-22T00:00:00Z/2026-11-23T00:00:00Z"), ("rows", "7")],
            record.Details.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public async Task Export_ByQueryString_IsRecordedAndAPageIsNot()
    {
        const string Path = "/api/v1/prices/history?zone=PJM&location=A&start=2026-11-22T00:00:00Z&end=2026-11-23T00:00:00Z";
        Assert.Equal(200, await SendAsync(null, "application/json", Path));
        Assert.Equal(200, await SendAsync(AuditHost.Query, "application/json"));
        Assert.Equal(200, await SendAsync(null, "text/csv", Path));

        var record = await RecordAsync();

        Assert.Equal(("PJM: A", "/api/v1/prices/history", "7"), (record.Target, record.Details["path"], record.Details["rows"]));
    }

    [Fact]
    public async Task Export_OfManyLocations_NamesTheFirstFew()
    {
        await Eventually.TrueAsync(async () => await SendAsync($$"""{"locations":[{{string.Join(',', Enumerable.Range(0, 12).Select(i => $"\"L{i:00}\""))}}],{{AuditHost.Query[1..]}}""", "text/csv") == 200, "known");

        var record = await RecordAsync();

        Assert.StartsWith("PJM: L", record.Target, StringComparison.Ordinal);
        Assert.EndsWith(" and 2 more", record.Target, StringComparison.Ordinal);
        Assert.Equal("0", record.Details["rows"]);
    }

    [Fact]
    public async Task Export_HistoryBreaksOff_IsRecordedAsBroken()
    {
        _gateway.History.BreakAfter = 3;
        try
        {
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => SendAsync(AuditHost.Query, "text/csv"));
        }
        finally
        {
            _gateway.History.BreakAfter = null;
        }

        var record = await RecordAsync();
        Assert.Equal((200, "broken", "3"), (record.Status, record.Details["outcome"], record.Details["rows"]));
    }

    [Fact]
    public async Task Export_HistoryIsAwayOrTheQueryTooLarge_IsRecordedWithTheAnswer()
    {
        _gateway.History.IsAway = true;
        Assert.Equal(503, await SendAsync(AuditHost.Query, "text/csv"));
        _gateway.History.IsAway = false;
        var failed = await RecordAsync();

        _gateway.History.MostPricesRead = 1;
        Assert.Equal(422, await SendAsync($$"""{"resample":{"every":"1h"},{{AuditHost.Query[1..]}}""", "text/csv"));
        _gateway.History.MostPricesRead = int.MaxValue;
        var refused = await RecordAsync(2);

        Assert.Equal((503, true, "failed", "0"), (failed.Status, failed.Allowed, failed.Details["outcome"], failed.Details["rows"]));
        Assert.Equal((422, true, "refused", "0"), (refused.Status, refused.Allowed, refused.Details["outcome"], refused.Details["rows"]));
    }

    [Fact]
    public async Task Export_ClientGoesAway_IsRecordedAsAborted()
    {
        _gateway.History.Source = _ => Endless();
        try
        {
            using var request = AuditHost.Request("POST", "/api/v1/prices/query", "trader", AuditHost.Query, "text/csv");
            using (var response = await _gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
            {
                var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
                await stream.ReadExactlyAsync(new byte[4_096], TestContext.Current.CancellationToken);
            }

            var record = await RecordAsync();
            Assert.Equal((200, "aborted"), (record.Status, record.Details["outcome"]));
            Assert.True(long.Parse(record.Details["rows"]) > 0);
        }
        finally
        {
            _gateway.History.Source = null;
        }
    }

    private static IEnumerable<PriceTick> Endless()
    {
        for (var i = 0; ; i++) yield return Ticks.Tick("A", i, i);
    }

    private async Task<int> SendAsync(string? body, string accept, string path = "/api/v1/prices/query")
    {
        using var request = AuditHost.Request(body is null ? "GET" : "POST", path, "trader", body, accept);
        using var response = await _gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    private async Task<AuditRecord> RecordAsync(int count = 1) => (await _gateway.RecordsAsync(_before + count))[^1];
}
