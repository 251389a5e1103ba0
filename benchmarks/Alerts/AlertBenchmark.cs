using System.Collections.Concurrent;
using System.CommandLine;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Benchmarks.Rest;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Interfaces.Json;
using OptiBid.Streams.Kafka.Codecs;
using OptiBid.Streams.Kafka.Writing;
using Spectre.Console;

namespace OptiBid.Benchmarks.Alerts;

/// <summary>How long it takes from a record's sending to Kafka to the alert at a SignalR client, beside the record's own acknowledgement by Kafka.</summary>
internal static class AlertBenchmark
{
    private const int Locations = 50;

    public static Command Command()
    {
        var alerts = new Option<int>("--alerts") { Description = "Alerts, one after the other", DefaultValueFactory = _ => 400 };
        var command = new Command("alerts", "From a price on Kafka to the alert at a SignalR client, through the whole product in one process.") { alerts };
        command.SetAction(async (parsed, _) => await RunAsync(parsed.GetValue(alerts)));
        return command;
    }

    private static async Task RunAsync(int alerts)
    {
        await using var gateway = await GatewayHere.StartAsync();
        using var http = new HttpClient { BaseAddress = gateway.Address };
        var kafka = gateway.Services.GetRequiredKeyedService<IKafkaPublisher>(StreamNames.Provider);
        string[] places = [.. Enumerable.Range(0, Locations).Select(i => $"bench-{i}")];
        var start = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(-3);

        // The locations must be known before a rule can name them.
        await kafka.PublishAsync(MarketZone.PJM.Topic(), places.Select(place => Record(place, start, 20)));
        while ((await http.GetFromJsonAsync<JsonElement>($"/api/v1/prices/live?zone=PJM&limit=1000")).GetProperty("items").EnumerateArray()
            .Count(price => price.GetProperty("location").GetString()!.StartsWith("bench-", StringComparison.Ordinal)) < Locations) await Task.Delay(200);
        _ = await AddRuleAsync(http, new { name = "bench", zone = "PJM", locations = places, kind = "ABOVE", threshold = 100 });

        // One that was made after it and holds already: once it has fired, both are in force.
        var probe = await AddRuleAsync(http, new { name = "probe", zone = "PJM", locations = places[..1], kind = "BELOW", threshold = 100 });
        while ((await http.GetFromJsonAsync<JsonElement>("/api/v1/alerts")).GetProperty("items").GetArrayLength() == 0) await Task.Delay(50);
        using var ended = await http.DeleteAsync($"/api/v1/alerts/rules/{probe}");
        ended.EnsureSuccessStatusCode();

        var arrivals = new ConcurrentDictionary<(string, DateTime), TaskCompletionSource<long>>();
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(gateway.Address, "/hubs/prices")).Build();
        hub.On<JsonElement[]>("alerts", fired =>
        {
            var now = Stopwatch.GetTimestamp();
            foreach (var alert in fired)
            {
                if (arrivals.TryGetValue((alert.GetProperty("location").GetString()!, alert.GetProperty("timestamp").GetDateTime()), out var arrival)) arrival.TrySetResult(now);
            }
        });
        await hub.StartAsync();

        var (acknowledged, arrived) = (new List<double>(), new List<double>());
        for (var i = 0; i < alerts; i++)
        {
            var place = places[i % Locations];
            var high = start.AddMinutes(10 * (1 + i / Locations));
            var arrival = arrivals[(place, high.UtcDateTime)] = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var sent = Stopwatch.GetTimestamp();
            await kafka.PublishAsync(MarketZone.PJM.Topic(), [Record(place, high, 200)]);
            acknowledged.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            arrived.Add(Stopwatch.GetElapsedTime(sent, await arrival.Task.WaitAsync(TimeSpan.FromSeconds(30))).TotalMilliseconds);

            // Armed again; and not in step with anything that beats in the product.
            await kafka.PublishAsync(MarketZone.PJM.Topic(), [Record(place, high.AddMinutes(5), 20)]);
            await Task.Delay(Random.Shared.Next(20, 80));
        }

        var table = new Table().AddColumns("from sending, ms", "median", "95 %", "most");
        AddRow(table, "Kafka has acknowledged the record", acknowledged);
        AddRow(table, "the client has the alert", arrived);
        AnsiConsole.Write(table);
    }

    private static async Task<string> AddRuleAsync(HttpClient http, object rule)
    {
        using var made = await http.PostAsJsonAsync("/api/v1/alerts/rules", rule);
        made.EnsureSuccessStatusCode();
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static void AddRow(Table table, string what, List<double> milliseconds)
    {
        milliseconds.Sort();
        table.AddRow(what, $"{milliseconds[milliseconds.Count / 2]:F1}", $"{milliseconds[milliseconds.Count * 95 / 100]:F1}", $"{milliseconds[^1]:F1}");
    }

    private static KafkaRecord Record(string place, DateTimeOffset at, double price) => new(
        Encoding.UTF8.GetBytes(place),
        JsonSerializer.SerializeToUtf8Bytes(
            new PriceTick
            {
                Timestamp = at,
                MarketZone = MarketZone.PJM,
                PriceType = PriceType.RealTime5Min,
                Location = place,
                IntervalMinutes = 5,
                Price = price,
                PublishedAt = at.AddSeconds(90),
                Source = "bench",
            },
            PriceJsonContext.Default.PriceTick));
}
