namespace OptiBid.Gateway.Tests.Api.Analytics;

public class AnalyticsFaultsTests
{
    private const string Spreads = "/api/v1/analytics/spreads?zone=PJM&location=NODE&kind=";
    private const string StorageValue = "/api/v1/analytics/storage-value?zone=PJM&location=A&start=2026-11-01T00:00:00Z&end=2026-11-03T12:00:00Z";
    private const string Trends = "/api/v1/analytics/price-trends";
    private const string TrendsBody = """{"locations":["A"],"price_type":"DAY_AHEAD_HOURLY","bucket":"1d","start":"2026-11-01T00:00:00Z","end":"2026-11-03T12:00:00Z"}""";

    [Fact]
    public async Task Calls_HistoryCannotOrCallerLeaves_SaySoAndEndTheRead()
    {
        await using var gateway = await GatewayHost.StartAsync(AnalyticsFixture.Fill);
        gateway.History.MostPricesRead = 10;
        Assert.Equal("urn:optibid:problem:too-many-prices", (string?)(await gateway.GetAsync(StorageValue, 422))["type"]);
        Assert.Equal("urn:optibid:problem:too-many-prices", (string?)(await gateway.PostAsync(Trends, TrendsBody, 422))["type"]);

        gateway.History.Source = static _ => Enumerable.Repeat(Ticks.Tick("A"), int.MaxValue);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var call = gateway.Http.GetAsync(Spreads + "basis", leaving.Token);
        await Eventually.TrueAsync(() => gateway.History.OpenReads > 0, "reading");
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.TrueAsync(() => gateway.History.OpenReads == 0, "ended");

        gateway.History.IsAway = true;
        foreach (var path in new[] { StorageValue, Spreads + "dart", Spreads + "basis" })
            Assert.Equal("urn:optibid:problem:history-unavailable", (string?)(await gateway.GetAsync(path, 503))["type"]);
        await gateway.PostAsync(Trends, TrendsBody, 503);
        Assert.Equal(0, gateway.History.OpenReads);
    }
}
