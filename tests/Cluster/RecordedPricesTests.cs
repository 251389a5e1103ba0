using System.Text.Json;
using OptiBid.ProductProcess;

namespace OptiBid.Cluster.Tests;

/// <summary>
/// From a market's bytes to <c>/api/v1/prices/history</c>: the whole product reads what the markets once sent. The
/// expected values are those published with the recordings.
/// </summary>
public sealed class RecordedPricesTests : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("optibid-");
    private RecordedMarkets? _markets;
    private ProductProcess.ProductProcess? _gateway;

    public async ValueTask InitializeAsync()
    {
        var recordings = Environment.GetEnvironmentVariable("OPTIBID_RECORDINGS");
        Assert.SkipWhen(string.IsNullOrEmpty(recordings), "OPTIBID_RECORDINGS does not name a folder of recorded payloads.");
        _markets = await RecordedMarkets.StartAsync(recordings!);
        _gateway = ProductProcess.ProductProcess.Start("Gateway", new Dictionary<string, string>
        {
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Data__Directory"] = _data.FullName,
            ["Connectors__PJM__Feed"] = "Live",
            ["Connectors__PJM__BaseUrl"] = _markets.Address + "/pjm",
            ["Connectors__PJM__ApiKey"] = "any",
            ["Connectors__PJM__Feeds__0"] = "rt_hrl_lmps",
            ["Connectors__PJM__Feeds__1"] = "da_hrl_lmps",
            ["Connectors__PJM__Http__CallsPerMinute"] = "600",
            ["Connectors__CAISO__Feed"] = "Live",
            ["Connectors__CAISO__BaseUrl"] = _markets.Address + "/caiso",
            ["Connectors__CAISO__Feeds__0"] = "PRC_INTVL_LMP",
            ["Connectors__CAISO__Feeds__1"] = "PRC_LMP",
            ["Connectors__CAISO__Http__CallsPerMinute"] = "600",
            ["Connectors__ERCOT__Feed"] = "Live",
            ["Connectors__ERCOT__BaseUrl"] = _markets.Address + "/ercot",
            ["Connectors__ERCOT__ApiKey"] = "any",
            ["Connectors__ERCOT__Feeds__0"] = "np4-190-cd",
            ["Connectors__ERCOT__Feeds__1"] = "np6-905-cd",
            ["Connectors__PJM__PollSeconds"] = "1",
            ["Connectors__CAISO__PollSeconds"] = "5",
            ["Connectors__ERCOT__PollSeconds"] = "2",
        });
        await _gateway.WaitUntilReadyAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null) await _gateway.DisposeAsync();
        if (_markets is not null) await _markets.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task History_OfRecordedPayloads_HasTheMarketsValuesAtTheRightIntervals()
    {
        var pjm = await HistoryAsync("PJM", "1", "REAL_TIME_HOURLY", "2024-02-20T00:00:00Z", 1);
        var rto = Assert.Single(pjm);
        Assert.Equal("2024-02-20T05:00:00Z", rto.GetProperty("timestamp").GetString());
        Assert.Equal((17.956076, 17.94, 0.005357, 0.011552), Components(rto));
        Assert.Equal((18.101796, 17.94, -0.133939, 0.296568), Components(Assert.Single(await HistoryAsync("PJM", "3", "REAL_TIME_HOURLY", "2024-02-20T00:00:00Z", 1))));

        var caiso = await HistoryAsync("CAISO", "TH_NP15_GEN-APND", "REAL_TIME_5_MIN", "2025-09-01T00:00:00Z", 12);
        Assert.Equal(12, caiso.Count);
        Assert.Equal("2025-09-01T08:00:00Z", caiso[0].GetProperty("timestamp").GetString());
        Assert.Equal((41.87119, 43.69776, 0, -1.82657), Components(caiso[0]));

        // Version 1 of that hour was 28.348916; the hours that were republished unchanged stay as they were.
        var revised = await HistoryAsync("PJM", "1", "REAL_TIME_HOURLY", "2024-03-05T05:00:00Z", 13);
        Assert.Equal(13, revised.Count);
        var correction = At(revised, "2024-03-06T03:00:00Z");
        Assert.Equal((40.164347, 2), (correction.GetProperty("price").GetDouble(), correction.GetProperty("revision").GetInt32()));
        Assert.All(revised.Where(price => price.GetProperty("timestamp").GetString() != "2024-03-06T03:00:00Z"), price => Assert.Equal(1, price.GetProperty("revision").GetInt32()));

        var spring = await HistoryAsync("PJM", "1", "DAY_AHEAD_HOURLY", "2025-03-09T05:00:00Z", 23);
        Assert.Equal(23, spring.Count);
        Assert.Equal((39.997912, 38.45148, 40.06903), (
            At(spring, "2025-03-09T05:00:00Z").GetProperty("price").GetDouble(),
            At(spring, "2025-03-09T06:00:00Z").GetProperty("price").GetDouble(),
            At(spring, "2025-03-09T07:00:00Z").GetProperty("price").GetDouble()));

        var auction = await HistoryAsync("CAISO", "AFPR_1_TOT_GEN-APND", "DAY_AHEAD_HOURLY", "2020-01-02T00:00:00Z", 8);
        Assert.Equal([33.34256, 37.19566, 36.80716, 36.26838], auction.Take(4).Select(price => price.GetProperty("price").GetDouble()));
        Assert.Equal("2020-01-02T00:00:00Z", auction[0].GetProperty("timestamp").GetString());

        // 23 hours: 02:00 does not exist on that day.
        var dayAhead = await HistoryAsync("ERCOT", "HB_HUBAVG", "DAY_AHEAD_HOURLY", "2026-03-08T00:00:00Z", 23);
        Assert.Equal(23, dayAhead.Count);
        Assert.Equal(36.24, At(dayAhead, "2026-03-08T07:00:00Z").GetProperty("price").GetDouble());
        Assert.Equal(34.2, At(dayAhead, "2026-03-08T08:00:00Z").GetProperty("price").GetDouble());
        Assert.Equal(JsonValueKind.Null, dayAhead[0].GetProperty("energy_cost").ValueKind);

        var realTime = Assert.Single(await HistoryAsync("ERCOT", "HB_HOUSTON", "REAL_TIME_15_MIN", "2026-10-04T00:00:00Z", 1));
        Assert.Equal(("2026-10-04T03:30:00Z", 48.23, 15), (
            realTime.GetProperty("timestamp").GetString(), realTime.GetProperty("price").GetDouble(), realTime.GetProperty("interval_minutes").GetInt32()));
    }

    private async Task<List<JsonElement>> HistoryAsync(string zone, string location, string type, string start, int expected)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var end = DateTimeOffset.Parse(start).AddDays(2).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
        List<JsonElement> items = [];
        await Eventually.TrueAsync(
            async () => (items = await _gateway!.Http.AllAsync(
                $"/api/v1/prices/history?zone={zone}&location={location}&price_type={type}&start={start}&end={end}&sort=asc", cancellation)).Count >= expected,
            TimeSpan.FromSeconds(60),
            () => $"{items.Count} prices of {zone}/{location}, not {expected}:\n{_gateway!.Output}",
            cancellation);
        return items;
    }

    private static JsonElement At(List<JsonElement> prices, string timestamp) =>
        prices.Single(price => price.GetProperty("timestamp").GetString() == timestamp);

    private static (double, double, double, double) Components(JsonElement price) => (
        price.GetProperty("price").GetDouble(), price.GetProperty("energy_cost").GetDouble(),
        price.GetProperty("congestion_cost").GetDouble(), price.GetProperty("loss_cost").GetDouble());
}
