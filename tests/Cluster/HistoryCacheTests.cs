using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OptiBid.Grains.Interfaces;
using OptiBid.ProductProcess;
using OptiBid.Streams.Kafka.Embedded;

namespace OptiBid.Cluster.Tests;

/// <summary>A gateway that keeps answers of the history, while prices of the past are corrected.</summary>
public sealed class HistoryCacheTests : IDisposable
{
    private const int Corrections = 9;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly DateTimeOffset Start = new(DateTime.UtcNow.Date.AddDays(-3), TimeSpan.Zero);

    private static readonly string History = string.Create(
        CultureInfo.InvariantCulture, $"/api/v1/prices/history?zone=PJM&location=51288&start={Start:yyyy-MM-dd}T00:00:00Z&end={Start.AddDays(1):yyyy-MM-dd}T00:00:00Z");

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("optibid-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Correction_InTheHistory_IsInTheAnswerThatWasKeptWithinASecond()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var broker = EmbeddedBroker.Start([(MarketZone.PJM.Topic(), 3), (StreamNames.DeadLetterTopic, 1), (StreamNames.AlertsTopic, 1)]);
        using var producer = new PriceProducer(broker.BootstrapServers);
        var address = new Uri($"http://127.0.0.1:{ProductProcess.ProductProcess.FreePort()}");
        await using var gateway = GatewayOnBroker.Start(_data, broker, address);
        await gateway.WaitUntilReadyAsync(cancellation);
        using var http = new HttpClient { BaseAddress = address };

        var delays = new List<TimeSpan>();
        for (var number = 0; number <= Corrections; number++)
        {
            await producer.SendAsync([Tick(number)], cancellation);

            // A query that nobody has made before is read from the history.
            var fresh = 0;
            await Eventually.TrueAsync(
                async () => (await AskAsync(http, $"{History}&limit={100 + number}&min_price=-{++fresh}", cancellation)).Price == number, Patience, () => gateway.Output, cancellation);
            var written = Stopwatch.StartNew();
            await Eventually.TrueAsync(async () => (await AskAsync(http, History, cancellation)).Price == number, Patience, () => gateway.Output, cancellation);
            if (number > 0) delays.Add(written.Elapsed);

            // Until the next correction it is kept.
            await Eventually.TrueAsync(
                async () => await AskAsync(http, History, cancellation) is var given && given.Price == number && given.Cache == "OptiBid; hit", Patience, () => gateway.Output, cancellation);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"shown after {string.Join(", ", delays.Select(static delay => $"{delay.TotalMilliseconds:0}"))} ms");
        Assert.InRange(delays.Order().ElementAt(delays.Count / 2), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    private static async Task<(double? Price, string? Cache)> AskAsync(HttpClient http, string path, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(path, cancellationToken);
        if (!response.IsSuccessStatusCode) return default;

        using var page = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        var items = page.RootElement.GetProperty("items");
        return (items.GetArrayLength() == 1 ? items[0].GetProperty("price").GetDouble() : null, response.Headers.GetValues("Cache-Status").Single());
    }

    /// <summary>One price of three days ago, as it was published for the so manieth time.</summary>
    private static PriceTick Tick(int number) => new()
    {
        Timestamp = Start.AddHours(12),
        MarketZone = MarketZone.PJM,
        PriceType = PriceType.RealTime5Min,
        Location = "51288",
        IntervalMinutes = 5,
        Price = number,
        PublishedAt = Start.AddHours(13).AddMinutes(number),
        Source = "test:corrections",
    };
}
