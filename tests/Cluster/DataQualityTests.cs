using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using OptiBid.Grains.Interfaces;
using OptiBid.PostgresFixture;
using OptiBid.ProductProcess;

namespace OptiBid.Cluster.Tests;

/// <summary>Prices that are amiss, from anyone's producer to everyone who is to know.</summary>
public sealed class DataQualityTests
{
    private static readonly string[] Kinds = ["COMPONENT_MISMATCH", "FLAT_LINED", "REJECTED", "SPIKE"];

    [Fact]
    public async Task Prices_FlatSpikingMismatchedAndRefused_ShowInEventsOnTheTopicAndOverSignalR()
    {
        Assert.SkipWhen(PostgresBinaries.WhySkip() is not null, PostgresBinaries.WhySkip() ?? "");
        var cancellation = TestContext.Current.CancellationToken;
        await using var postgres = await PostgresServer.StartNewAsync();
        await using var deployment = await Deployment.StartAsync(await postgres.CreateDatabaseAsync(), silos: 1, cancellation, new Dictionary<string, string>
        {
            // Findings are for operators; there, anybody is one.
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Connectors__PJM__Feed"] = "Off",
            ["Connectors__CAISO__Feed"] = "Off",
            ["Connectors__ERCOT__Feed"] = "Off",
            ["Quality__ReportEvery"] = "00:00:00.2",
            ["Quality__LookEvery"] = "00:00:01",
            ["Quality__CorrectEvery"] = "00:00:01",
        });
        var pushed = new ConcurrentDictionary<string, JsonElement>();
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(deployment.Gateway.Http.BaseAddress!, "/hubs/prices")).Build();
        hub.On<JsonElement[]>("quality", findings =>
        {
            foreach (var finding in findings) pushed[finding.GetProperty("kind").GetString()!] = finding;
        });
        await hub.StartAsync(cancellation);

        var start = Series.Now().AddMinutes(-100);
        await deployment.Producer.SendAsync(Enumerable.Range(0, 20).SelectMany(i => (PriceTick[])
        [
            Tick("steady", i, 30 + i % 4), Tick("flat", i, 20), Tick("spiking", i, i == 19 ? 1_900 : 30 + i % 4),
            Tick("mismatched", i, 30 + i % 4) with { EnergyCost = 30, CongestionCost = i % 4, LossCost = i == 19 ? 7 : 0 },
        ]), cancellation);
        await deployment.Producer.SendAsync("market_data.pjm", "steady"u8.ToArray(), "no price"u8.ToArray(), cancellation);

        var stored = new List<JsonElement>();
        await Eventually.TrueAsync(
            async () =>
            {
                stored = await deployment.Gateway.Http.AllAsync("/api/v1/quality/events?zone=PJM&limit=2", cancellation);
                return Kinds.All(kind => stored.Any(finding => Kind(finding) == kind)) && Kinds.All(pushed.ContainsKey);
            },
            TimeSpan.FromSeconds(60), () => $"stored {string.Join(", ", stored.Select(Kind))}; pushed {string.Join(", ", pushed.Keys)}:\n{deployment.Silos[0].Output}", cancellation);

        Assert.Equal(["flat", "mismatched", "spiking"], stored.Select(finding => finding.GetProperty("location").GetString()).OfType<string>().Order());
        Assert.Equal(1_900, stored.Single(finding => Kind(finding) == "SPIKE").GetProperty("value").GetDouble());
        Assert.Equal(stored.Single(finding => Kind(finding) == "SPIKE").GetProperty("id").GetString(), pushed["SPIKE"].GetProperty("id").GetString());
        Assert.Equal(Kinds, AlertsTopic.Read(deployment.BootstrapServers).Take(stored.Count).Where(finding => finding.GetProperty("type").GetString() == "quality").Select(Kind).Distinct().Order());

        // And the prices themselves are counted, from the history.
        var quality = default(JsonElement);
        await Eventually.TrueAsync(
            async () =>
            {
                quality = await deployment.Gateway.Http.GetFromJsonAsync<JsonElement>("/api/v1/quality?zone=PJM", cancellation);
                var rows = quality.GetProperty("items").EnumerateArray().ToList();
                return rows.Where(row => row.GetProperty("feed").GetString() == "test:prices").Sum(row => row.GetProperty("received").GetInt32()) == 80
                    && rows.Sum(row => row.GetProperty("component_mismatches").GetInt32()) == 1 && rows.Sum(row => row.GetProperty("rejected").GetInt32()) == 1;
            },
            TimeSpan.FromSeconds(60), () => $"not all prices are counted: {quality}\n{deployment.Silos[0].Output}", cancellation);
        var summary = await deployment.Gateway.Http.GetFromJsonAsync<JsonElement>("/api/v1/summary", cancellation);
        var pjm = summary.GetProperty("items").EnumerateArray().Single(zone => zone.GetProperty("market_zone").GetString() == "PJM");
        Assert.Equal(("LIVE", 4, 1_900.0), (pjm.GetProperty("status").GetString(), pjm.GetProperty("locations").GetInt32(), pjm.GetProperty("max_price").GetDouble()));

        PriceTick Tick(string location, int interval, double price) => new()
        {
            Timestamp = start.AddMinutes(5 * interval), MarketZone = MarketZone.PJM, PriceType = PriceType.RealTime5Min, Location = location, IntervalMinutes = 5, Price = price,
            PublishedAt = start.AddMinutes(5 * interval), Source = "test:prices",
        };
    }

    private static string Kind(JsonElement finding) => finding.GetProperty("kind").GetString()!;
}
