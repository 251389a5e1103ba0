using System.Globalization;
using Confluent.Kafka;
using OptiBid.Connectors.Simulation;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Interfaces.Json;
using OptiBid.Streams.Kafka.Embedded;

namespace OptiBid.Simulator.Tests.History;

public sealed class HistoryCommandTests : IDisposable
{
    private static readonly string[] Range = ["history", "--from", "2025-03-09T05:00Z", "--to", "2025-03-09T09:00Z", "--locations", "3"];

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    private async Task<byte[]> WriteAsync(string name, params string[] options)
    {
        Assert.Equal((0, ""), await CommandLine.RunAsync(Cancellation, [.. Range, "--out", _folder.File(name), .. options]));
        return await File.ReadAllBytesAsync(_folder.File(name), Cancellation);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("ndjson")]
    [InlineData("parquet")]
    public async Task History_SameSeed_GivesTheSameBytesAndAnotherOthers(string format)
    {
        var one = await WriteAsync("one", "--format", format, "--seed", "5");

        Assert.Equal(one, await WriteAsync("again", "--format", format, "--seed", "5"));
        Assert.NotEqual(one, await WriteAsync("other", "--format", format, "--seed", "6"));
        Assert.Equal(["again", "one", "other"], _folder.Names);
    }

    [Fact]
    public async Task History_Ndjson_IsTheWireContractInTheOrderOfTime()
    {
        await WriteAsync("prices", "--format", "ndjson", "--zones", "NYISO,pjm", "--types", "real_time_5_min,REAL_TIME_HOURLY");

        var reader = new PriceTickReader(new TextPool());
        var ticks = (await File.ReadAllLinesAsync(_folder.File("prices"), Cancellation)).Select(line => reader.Read(System.Text.Encoding.UTF8.GetBytes(line), default)).ToArray();

        Assert.Equal(2 * 3 * (48 + 4), ticks.Length);
        Assert.Equal(ticks.Select(tick => tick.Timestamp).Order(), ticks.Select(tick => tick.Timestamp));
        Assert.Equal(ticks.Length, ticks.Select(tick => (tick.LocationId, tick.PriceType, tick.Timestamp)).Distinct().Count());
        var market = new SimulatedMarket(MarketZone.NYISO, 1, 3);
        Assert.Contains(market.Price(market.Locations[2], PriceType.RealTimeHourly, ticks[0].Timestamp) with { Revision = 1 }, ticks);
    }

    [Fact]
    public async Task History_Csv_HasAHeaderAndEmptyPlacesForNulls()
    {
        await WriteAsync("prices.csv", "--zones", "ERCOT", "--types", "DAY_AHEAD_HOURLY");

        var lines = await File.ReadAllLinesAsync(_folder.File("prices.csv"), Cancellation);
        var market = new SimulatedMarket(MarketZone.ERCOT, 1, 3);
        var first = market.Price(market.Locations[0], PriceType.DayAheadHourly, new DateTimeOffset(2025, 3, 9, 5, 0, 0, TimeSpan.Zero));

        Assert.Equal(1 + 4 * 3, lines.Length);
        Assert.StartsWith("timestamp,market_zone,price_type,location,interval_minutes,price,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"2025-03-09T05:00:00Z,ERCOT,DAY_AHEAD_HOURLY,HB_NORTH,60,{first.Price},,,,,{first.RenewablePercentage},"),
            lines[1],
            StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal(15, line.Split(',').Length));
    }

    [Fact]
    public async Task History_Kafka_PublishesEachPriceOnceToTheTopicOfItsZone()
    {
        using var broker = EmbeddedBroker.Start([(MarketZone.NYISO.Topic(), 2)]);

        Assert.Equal((0, ""), await CommandLine.RunAsync(Cancellation, [.. Range, "--zones", "NYISO", "--types", "DAY_AHEAD_HOURLY", "-b", broker.BootstrapServers]));

        using var consumer = new ConsumerBuilder<string, byte[]>(new ConsumerConfig { BootstrapServers = broker.BootstrapServers, GroupId = "test", AutoOffsetReset = AutoOffsetReset.Earliest }).Build();
        consumer.Subscribe(MarketZone.NYISO.Topic());
        var keys = new List<string>();
        while (keys.Count < 12 && consumer.Consume(TimeSpan.FromSeconds(20)) is { } record) keys.Add(record.Message.Key);
        Assert.Equal([4, 4, 4], keys.CountBy(key => key).Select(count => count.Value));
    }

    [Theory]
    [InlineData("--zones", "MARS", "\"MARS\" is not one of PJM, CAISO, ERCOT, NYISO")]
    [InlineData("--types", "WEEKLY", "\"WEEKLY\" is not one of REAL_TIME_5_MIN")]
    [InlineData("--from", "2025-03-10", "is not before --to")]
    [InlineData("--to", "9999-01-01", "--to must lie in the years")]
    [InlineData("--locations", "0", "--locations must be")]
    [InlineData("--format", "xml", "xml")]
    public async Task History_WrongOption_SaysSoFailsAndLeavesNothing(string option, string value, string expected)
    {
        var args = Range.ToList();
        if (args.IndexOf(option) is var at and >= 0) args[at + 1] = value;
        else args.AddRange([option, value]);

        var (code, error) = await CommandLine.RunAsync(Cancellation, [.. args, "--out", _folder.File("prices")]);

        Assert.NotEqual(0, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task History_NeitherFileNorBrokerOrBoth_Fails()
    {
        Assert.NotEqual(0, (await CommandLine.RunAsync(Cancellation, Range)).Code);
        Assert.NotEqual(0, (await CommandLine.RunAsync(Cancellation, [.. Range, "--out", "-", "-b", "localhost:1"])).Code);
    }

    [Fact]
    public async Task History_FolderThatIsNotThere_FailsWithOneLine()
    {
        var (code, error) = await CommandLine.RunAsync(Cancellation, [.. Range, "--out", _folder.File("nowhere/prices.csv")]);

        Assert.Equal(1, code);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("nowhere", error, StringComparison.Ordinal);
    }
}
