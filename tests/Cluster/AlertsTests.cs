using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using OptiBid.Grains.Interfaces;
using OptiBid.PostgresFixture;
using OptiBid.ProductProcess;

namespace OptiBid.Cluster.Tests;

/// <summary>Rules in force while a silo dies: every time a price crosses, once.</summary>
public sealed class AlertsTests
{
    private const int Locations = 40;
    private const int Intervals = 24;
    private const int KilledAt = 10;

    [Fact]
    public async Task Rules_OneOfTwoSilosKilled_FireOnceForEachCrossing()
    {
        var cancellation = TestContext.Current.CancellationToken;
        Assert.SkipWhen(PostgresBinaries.WhySkip() is not null, PostgresBinaries.WhySkip() ?? "");
        await using var postgres = await PostgresServer.StartNewAsync();
        await using var deployment = await Deployment.StartAsync(await postgres.CreateDatabaseAsync(), silos: 2, cancellation, new Dictionary<string, string>
        {
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Connectors__PJM__Feed"] = "Off",
            ["Connectors__CAISO__Feed"] = "Off",
            ["Connectors__ERCOT__Feed"] = "Off",
        });
        var start = Series.Now().AddMinutes(-5 * (Intervals + 1));
        string[] places = [.. Enumerable.Range(0, Locations).Select(i => $"node-{i}")];

        // The locations must be known for a rule to name them.
        await SendAsync(deployment, start, -1, places, cancellation);
        await Eventually.TrueAsync(
            async () => (await deployment.Gateway.Http.LiveAsync(cancellation)).Count == Locations,
            TimeSpan.FromSeconds(60), () => $"not every location is shown:\n{deployment.Gateway.Output}", cancellation);
        await AddRuleAsync(deployment.Gateway.Http, new { name = "negative", zone = "PJM", locations = places, kind = "BELOW", threshold = 0, hysteresis = 5 }, cancellation);
        await AddRuleAsync(deployment.Gateway.Http, new { name = "silent", zone = "PJM", locations = places[..3], kind = "STALENESS", threshold = 1 }, cancellation);
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(deployment.Gateway.Http.BaseAddress!, "/hubs/prices")).Build();
        var pushed = new HashSet<string>();
        hub.On<JsonElement[]>("alerts", alerts =>
        {
            lock (pushed) pushed.UnionWith(alerts.Select(Id));
        });
        await hub.StartAsync(cancellation);

        // The newest interval is long over, so the rule of staleness fires by itself; and then every rule is in force.
        await Eventually.TrueAsync(
            async () => (await AlertsAsync(deployment, cancellation)).Count(alert => alert.GetProperty("kind").GetString() == "STALENESS") == 3,
            TimeSpan.FromSeconds(60), () => $"nothing is stale:\n{deployment.Silos[0].Output}", cancellation);

        for (var i = 0; i < KilledAt; i++) await SendAsync(deployment, start, i, places, cancellation);
        var sending = SendAsync(deployment, start, KilledAt, places, cancellation);
        await deployment.Silos[0].KillAsync();
        await sending;
        for (var i = KilledAt + 1; i < Intervals; i++) await SendAsync(deployment, start, i, places, cancellation);

        string[] expected = [.. from place in places from i in Enumerable.Range(0, Intervals) where IsCrossing(i) select $"{place} {At(start, i):HH:mm}"];
        List<JsonElement> fired = [];
        await Eventually.TrueAsync(
            async () => (fired = await CrossingsAsync(deployment, cancellation)).Count >= expected.Length,
            TimeSpan.FromSeconds(90), () => $"{fired.Count} of {expected.Length} fired:\n{deployment.Silos[1].Output}", cancellation);
        Assert.Equal(expected.Order(), fired.Select(alert => $"{alert.GetProperty("location").GetString()} {alert.GetProperty("timestamp").GetDateTimeOffset():HH:mm}").Order());

        // Each once, wherever it is told: by its id, since what dies between telling and noting it is told again.
        var ids = fired.Select(Id).ToHashSet();
        Assert.Equal(fired.Count, ids.Count);
        await Eventually.TrueAsync(
            () =>
            {
                lock (pushed) return Task.FromResult(ids.IsSubsetOf(pushed));
            },
            TimeSpan.FromSeconds(30), () => $"{pushed.Count} of {ids.Count} were pushed", cancellation);
        Assert.Superset(ids, Published(deployment.BootstrapServers, ids));
    }

    /// <summary>Prices are below zero two intervals of four, and cross there.</summary>
    private static double Price(int interval) => (interval & 3) switch { 0 => -12.5, 1 => -1, 2 => 3, _ => 20 };

    private static bool IsCrossing(int interval) => (interval & 3) == 0;

    private static DateTimeOffset At(DateTimeOffset start, int interval) => start.AddMinutes(5 * (interval + 1));

    private static Task SendAsync(Deployment deployment, DateTimeOffset start, int interval, string[] places, CancellationToken cancellationToken) =>
        deployment.Producer.SendAsync(
            places.Select(place => new PriceTick
            {
                Timestamp = At(start, interval),
                MarketZone = MarketZone.PJM,
                PriceType = PriceType.RealTime5Min,
                Location = place,
                IntervalMinutes = 5,
                Price = Price(interval),
                PublishedAt = At(start, interval).AddSeconds(90),
                Source = "test",
            }),
            cancellationToken);

    private static async Task AddRuleAsync(HttpClient http, object rule, CancellationToken cancellationToken)
    {
        var reply = await http.PostAsJsonAsync("/api/v1/alerts/rules", rule, cancellationToken);
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>What has fired; nothing while the cluster finds out that a silo has died and says 503.</summary>
    private static async Task<List<JsonElement>> AlertsAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        try
        {
            return await deployment.Gateway.Http.AllAsync("/api/v1/alerts?limit=100", cancellationToken);
        }
        catch (HttpRequestException error) when (error.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            return [];
        }
    }

    private static async Task<List<JsonElement>> CrossingsAsync(Deployment deployment, CancellationToken cancellationToken) =>
        [.. (await AlertsAsync(deployment, cancellationToken)).Where(alert => alert.GetProperty("kind").GetString() == "BELOW")];

    private static string Id(JsonElement alert) => alert.GetProperty("id").GetString()!;

    private static HashSet<string> Published(string servers, HashSet<string> wanted)
    {
        var ids = new HashSet<string>();
        foreach (var record in AlertsTopic.Read(servers).Where(record => record.GetProperty("type").GetString() == "price"))
        {
            ids.Add(Id(record));
            if (wanted.IsSubsetOf(ids)) break;
        }

        return ids;
    }
}
