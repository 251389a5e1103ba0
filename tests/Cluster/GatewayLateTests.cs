using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using OptiBid.Grains.Interfaces;
using OptiBid.PostgresFixture;
using OptiBid.ProductProcess;

namespace OptiBid.Cluster.Tests;

/// <summary>A gateway that comes when the prices have long come: everything it can learn of them is with the silos and in the history.</summary>
public sealed class GatewayLateTests
{
    private const int Locations = 60;

    [Fact]
    public async Task Live_GatewayStartedAnew_ShowsWithinTwoSecondsWhatTheGrainsHave()
    {
        var cancellation = TestContext.Current.CancellationToken;
        Assert.SkipWhen(PostgresBinaries.WhySkip() is not null, PostgresBinaries.WhySkip() ?? "");
        await using var postgres = await PostgresServer.StartNewAsync();
        await using var deployment = await Deployment.StartAsync(await postgres.CreateDatabaseAsync(), silos: 2, cancellation);
        var start = Series.Now().AddMinutes(-60);
        for (var i = 0; i < 5; i++) await deployment.Producer.SendAsync(Series.Interval(start.AddMinutes(5 * i), i, Locations), cancellation);
        await Eventually.TrueAsync(
            async () => (await deployment.Gateway.Http.LiveAsync(cancellation)).Count == Locations * Series.Zones.Length,
            TimeSpan.FromSeconds(60), () => $"not everything is shown:\n{deployment.Gateway.Output}", cancellation);

        // While no gateway is there one market goes on, another corrects, and the third is silent.
        await deployment.Gateway.KillAsync();
        await deployment.Producer.SendAsync(Series.Interval(start.AddMinutes(25), 5, Locations).Where(tick => tick.MarketZone == MarketZone.PJM), cancellation);
        await deployment.Producer.SendAsync(
            Series.Interval(start.AddMinutes(20), 4, Locations).Where(tick => tick.MarketZone == MarketZone.CAISO)
                .Select(tick => tick with { Price = -tick.Price - 1, PublishedAt = tick.PublishedAt.AddMinutes(1) }),
            cancellation);

        await deployment.StartGatewayAnewAsync(cancellation);
        var sinceReady = Stopwatch.StartNew();
        var shown = new Dictionary<(string Zone, string Location), JsonElement>();
        var differs = "";
        await Eventually.TrueAsync(
            async () =>
            {
                shown = await deployment.Gateway.Http.LiveAsync(cancellation);
                differs = await DifferenceAsync(deployment.Gateway.Http, shown, cancellation);
                return differs.Length == 0;
            },
            TimeSpan.FromSeconds(2), () => differs + "\n" + deployment.Gateway.Output, cancellation);
        TestContext.Current.TestOutputHelper?.WriteLine($"The same as the grains {sinceReady.Elapsed.TotalSeconds:F2} s after it was ready.");

        Assert.Equal(Locations * Series.Zones.Length, shown.Count);
        Assert.All(shown, price => Assert.Equal(price.Key.Zone == "PJM" ? start.AddMinutes(25) : start.AddMinutes(20), price.Value.GetProperty("timestamp").GetDateTimeOffset()));
        Assert.All(shown.Where(price => price.Key.Zone == "CAISO"), price => Assert.True(price.Value.GetProperty("price").GetDouble() < 0));
    }

    /// <summary>The first location whose grain has another newest price than the one that is shown; empty when there is none.</summary>
    private static async Task<string> DifferenceAsync(HttpClient http, Dictionary<(string Zone, string Location), JsonElement> shown, CancellationToken cancellationToken)
    {
        if (shown.Count != Locations * Series.Zones.Length) return $"{shown.Count} locations are shown";

        var answers = await Task.WhenAll(shown.Select(async price =>
        {
            var whole = await http.GetFromJsonAsync<JsonElement>($"/api/v1/prices/{price.Key.Zone}/{price.Key.Location}", cancellationToken);
            return (price.Key, Shown: Newest(price.Value), Grain: Newest(whole.GetProperty("prices").EnumerateArray().Single()));
        }));
        return string.Join("; ", answers.Where(answer => answer.Shown != answer.Grain).Take(3));
    }

    private static (string? Timestamp, double Price, int Revision) Newest(JsonElement price) =>
        (price.GetProperty("timestamp").GetString(), price.GetProperty("price").GetDouble(), price.GetProperty("revision").GetInt32());
}
