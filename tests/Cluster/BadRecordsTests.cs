using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using OptiBid.Grains.Interfaces;
using OptiBid.PostgresFixture;
using OptiBid.ProductProcess;

namespace OptiBid.Cluster.Tests;

/// <summary>Guarantee 4: a bad record harms only itself, and is kept with the reason.</summary>
public sealed class BadRecordsTests
{
    private const string Topic = "market_data.pjm";

    [Fact]
    public async Task Records_BadOnesAmongGood_AreSetAsideWithTheirReasonAndTheRestGoesOn()
    {
        Assert.SkipWhen(PostgresBinaries.WhySkip() is not null, PostgresBinaries.WhySkip() ?? "");
        var cancellation = TestContext.Current.CancellationToken;
        await using var postgres = await PostgresServer.StartNewAsync();
        await using var deployment = await Deployment.StartAsync(await postgres.CreateDatabaseAsync(), silos: 1, cancellation);
        var start = Series.Now().AddMinutes(-30);
        (string Reason, byte[]? Key, byte[]? Value)[] bad =
        [
            ("record", Bytes("node-0"), Bytes("<html>Service unavailable</html>")),
            ("record", Bytes("node-0"), null),
            ("record", Bytes("node-0"), Bytes("{\"price\":" + new string('1', 20_000) + "}")),
            ("record", Bytes("node-0"), [0xFF, 0xFE, 0x00]),
            ("key", null, Good(start)),
            ("key", Bytes("node-1"), Good(start)),
            ("record", Bytes("node-0"), Bytes(Encoding.UTF8.GetString(Good(start)).Replace("1.25", "NaN", StringComparison.Ordinal))),
            ("price", Bytes("node-0"), Good(start, record => record["price"] = 1e9)),
            ("price", Bytes("node-0"), Good(start, record => record["price"] = null)),
            ("timestamp", Bytes("node-0"), Good(start, record => record["timestamp"] = Text(start.AddDays(2)))),
            ("timestamp", Bytes("node-0"), Good(start, record => record["timestamp"] = Text(start.AddSeconds(17)))),
            ("revision", Bytes("node-0"), Good(start, record => record["revision"] = int.MaxValue)),
            ("source", Bytes("node-0"), Good(start, record => record["source"] = "zero\0character")),
            ("market_zone", Bytes("node-0"), Good(start, record => record["market_zone"] = "MARS")),
            ("market_zone", Bytes("node-0"), Good(start, record => record["market_zone"] = "ERCOT")),
            ("location", Bytes("node-0"), Good(start, record => record.Remove("location"))),
        ];

        for (var i = 0; i < bad.Length; i++)
        {
            await deployment.Producer.SendAsync(Topic, bad[i].Key, bad[i].Value, cancellation);
            await deployment.Producer.SendAsync(Topic, Bytes("node-0"), Good(start.AddMinutes(5 * (i % 6)), record => record["price"] = i), cancellation);
        }

        await Eventually.TrueAsync(
            async () => (await deployment.Gateway.Http.LiveAsync(cancellation)).TryGetValue(("PJM", "node-0"), out var price)
                && price.GetProperty("timestamp").GetDateTimeOffset() == start.AddMinutes(25),
            TimeSpan.FromSeconds(60), () => $"the good records did not come through:\n{deployment.Silos[0].Output}", cancellation);

        var letters = await DeadLettersAsync(deployment.BootstrapServers, bad.Length, cancellation);
        Assert.Equal(bad.Select(record => record.Reason).Order(), letters.Select(letter => Reason(letter).Split(':')[0]).Order());
        foreach (var (_, key, value) in bad)
            Assert.Contains(letters, letter => Same(letter.Message.Key, key) && Same(letter.Message.Value, value));

        Assert.Equal(bad.Length, await deployment.Silos[0].SumAsync("dead_letter", cancellation));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static bool Same(byte[]? one, byte[]? other) => one is null ? other is null : other is not null && one.AsSpan().SequenceEqual(other);

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static byte[] Good(DateTimeOffset start, Action<JsonObject>? change = null)
    {
        var record = new JsonObject
        {
            ["timestamp"] = Text(start),
            ["market_zone"] = "PJM",
            ["price_type"] = "REAL_TIME_5_MIN",
            ["location"] = "node-0",
            ["price"] = 1.25,
        };
        change?.Invoke(record);
        return Bytes(record.ToJsonString());
    }

    private static string Reason(ConsumeResult<byte[]?, byte[]?> letter) =>
        Encoding.UTF8.GetString(letter.Message.Headers.GetLastBytes("dlq.reason"));

    private static async Task<List<ConsumeResult<byte[]?, byte[]?>>> DeadLettersAsync(string servers, int count, CancellationToken cancellationToken)
    {
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig { BootstrapServers = servers, GroupId = "letters" }).Build();
        consumer.Assign(new TopicPartitionOffset(StreamNames.DeadLetterTopic, 0, Offset.Beginning));
        var letters = new List<ConsumeResult<byte[]?, byte[]?>>();
        await Eventually.TrueAsync(
            () =>
            {
                while (letters.Count < count && consumer.Consume(TimeSpan.FromMilliseconds(100)) is { } letter) letters.Add(letter);
                return Task.FromResult(letters.Count == count);
            },
            TimeSpan.FromSeconds(30), () => $"{letters.Count} dead letters, not {count}", cancellationToken);
        return letters;
    }
}
