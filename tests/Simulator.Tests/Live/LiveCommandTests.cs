using System.CommandLine;
using Confluent.Kafka;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Interfaces.Json;
using OptiBid.Simulator.Live;
using OptiBid.Streams.Kafka.Embedded;

namespace OptiBid.Simulator.Tests.Live;

public sealed class LiveCommandTests
{
    private static async Task<(int Code, string Error)> RunAsync(params string[] args)
    {
        var error = new StringWriter();
        var root = new RootCommand("test") { LiveCommand.Create() };
        var code = await root.Parse(["live", .. args]).InvokeAsync(
            new InvocationConfiguration { Output = new StringWriter(), Error = error }, TestContext.Current.CancellationToken);
        return (code, error.ToString());
    }

    private static List<(string Topic, int Partition, string Key, PriceTick Tick)> Consume(string servers, int count)
    {
        using var consumer = new ConsumerBuilder<string, byte[]>(new ConsumerConfig
        {
            BootstrapServers = servers,
            GroupId = "test",
            AutoOffsetReset = AutoOffsetReset.Earliest,
        }).Build();
        consumer.Subscribe([MarketZone.PJM.Topic(), MarketZone.ERCOT.Topic()]);
        var reader = new PriceTickReader(new TextPool());
        var read = new List<(string, int, string, PriceTick)>();
        while (read.Count < count && consumer.Consume(TimeSpan.FromSeconds(20)) is { } record)
            read.Add((record.Topic, record.Partition.Value, record.Message.Key, reader.Read(record.Message.Value, default)));
        return read;
    }

    [Fact]
    public async Task Live_CountAndSeed_PublishesThatManyRecordsOfTheWireContract()
    {
        using var broker = EmbeddedBroker.Start([(MarketZone.PJM.Topic(), 3), (MarketZone.ERCOT.Topic(), 3)]);

        var (code, error) = await RunAsync("-b", broker.BootstrapServers, "--zones", "PJM,ercot", "--locations", "5", "--count", "120", "--seed", "3");

        Assert.Equal((0, ""), (code, error));
        var records = Consume(broker.BootstrapServers, 120);
        Assert.Equal(120, records.Count);
        Assert.All(records, record =>
        {
            Assert.Equal(record.Tick.MarketZone.Topic(), record.Topic);
            Assert.Equal(record.Tick.Location, record.Key);
            Assert.True(record.Tick.PublishedAt <= DateTimeOffset.UtcNow);
        });
        Assert.Equal(10, records.Select(record => record.Tick.LocationId).Distinct().Count());
        Assert.All(records.GroupBy(record => record.Tick.LocationId), place =>
        {
            Assert.Single(place.Select(record => record.Partition).Distinct());
            Assert.Equal(12, place.Select(record => record.Tick.Timestamp).Distinct().Count());
        });
    }

    [Fact]
    public async Task Live_NoBroker_FailsWithANonZeroExitCode()
    {
        using var broker = EmbeddedBroker.Start([]);
        var servers = broker.BootstrapServers;
        broker.Dispose();

        var (code, _) = await RunAsync("-b", servers, "--zones", "PJM", "--locations", "1", "--count", "1");

        Assert.NotEqual(0, code);
    }

    [Theory]
    [InlineData("--zones", "MARS", "\"MARS\" is not one of PJM, CAISO, ERCOT, NYISO")]
    [InlineData("--locations", "0", "--locations must be")]
    [InlineData("--rate", "-1", "--rate must be")]
    [InlineData("--count", "0", "--count must be")]
    [InlineData("--start", "tomorrow", "\"tomorrow\" is not an ISO 8601 time")]
    public async Task Live_WrongOption_SaysSoAndFails(string option, string value, string expected)
    {
        var (code, error) = await RunAsync("-b", "localhost:1", option, value);

        Assert.NotEqual(0, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void StartAt_CountWithoutAStart_LeavesNoPriceForTheFuture()
    {
        var now = new DateTimeOffset(2026, 11, 22, 12, 3, 0, TimeSpan.Zero);
        var options = new LiveOptions { BootstrapServers = "", Zones = [MarketZone.PJM, MarketZone.CAISO], Locations = 7, Count = 1000, Seed = 1 };

        var ticks = SimulatedTicks.From(options, options.StartAt(now)).Take(1000).ToArray();

        Assert.True(ticks.Max(tick => tick.PublishedAt) <= now);
        Assert.Equal(ticks.OrderBy(tick => tick.PublishedAt).Select(tick => tick.PublishedAt), ticks.Select(tick => tick.PublishedAt));
        Assert.Equal(ticks, SimulatedTicks.From(options, options.StartAt(now)).Take(1000));
    }
}
