using System.CommandLine;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Interfaces.Json;
using OptiBid.Streams.Kafka.Embedded;

namespace OptiBid.Benchmarks.Pipeline;

/// <summary>
/// Broker and producer in a process of their own, so that the measured process's CPU time is the reader's alone.
/// Speaks in lines: prints the bootstrap servers, then publishes as many records as each line read asks for.
/// </summary>
internal sealed class LogProcess : IDisposable
{
    private readonly Process _process;

    private LogProcess(Process process, string bootstrapServers)
    {
        _process = process;
        BootstrapServers = bootstrapServers;
    }

    public string BootstrapServers { get; }

    public static Command Command()
    {
        var partitions = new Option<int>("--partitions") { DefaultValueFactory = _ => 3 };
        var locations = new Option<int>("--locations") { DefaultValueFactory = _ => 5_000 };
        var fill = new Option<int>("--fill") { Description = "Records published before it says where it is", DefaultValueFactory = _ => 0 };
        var command = new Command("log", "Internal: the broker and producer of the other benchmarks.") { partitions, locations, fill };
        command.Hidden = true;
        command.SetAction(parsed => Serve(parsed.GetValue(partitions), parsed.GetValue(locations), parsed.GetValue(fill)));
        return command;
    }

    /// <summary>Starts one.</summary>
    /// <param name="partitions">Partitions of the topic.</param>
    /// <param name="locations">Locations the records are spread over.</param>
    /// <param name="fill">Records on the topic to begin with.</param>
    public static async Task<LogProcess> StartAsync(int partitions, int locations, int fill = 0)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in (string[])["log", "--partitions", $"{partitions}", "--locations", $"{locations}", "--fill", $"{fill}"]) start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException("The log process did not start.");
        var servers = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The log process ended at once.");
        return new LogProcess(process, servers);
    }

    /// <summary>Asks for more records; they are on their way when this returns.</summary>
    public void Publish(int records) => _process.StandardInput.WriteLine(records);

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private static void Serve(int partitions, int locations, int fill)
    {
        using var broker = EmbeddedBroker.Start([(MarketZone.PJM.Topic(), partitions), (StreamNames.DeadLetterTopic, 1)]);
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = broker.BootstrapServers,
            Partitioner = Partitioner.Murmur2Random,
            LingerMs = 5,
            CompressionType = CompressionType.Lz4,
            BatchNumMessages = 10_000,
            QueueBufferingMaxMessages = 1_000_000,
        }).Build();
        var keys = Enumerable.Range(0, locations).Select(location => Encoding.UTF8.GetBytes($"{50_000 + location}")).ToArray();
        var now = TimeProvider.System.GetUtcNow();
        var first = new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.FromMinutes(5).Ticks, TimeSpan.Zero).AddDays(-30);
        long sent = 0;
        Publish(fill);
        Console.WriteLine(broker.BootstrapServers);
        while (Console.ReadLine() is { } line) Publish(int.Parse(line));

        void Publish(int count)
        {
            for (; count > 0; count--, sent++) producer.Produce(MarketZone.PJM.Topic(), Record(sent));
            producer.Flush();
        }

        Message<byte[], byte[]> Record(long number)
        {
            var location = (int)(number % locations);
            var interval = first.AddMinutes(5 * (number / locations));
            var tick = new PriceTick
            {
                Timestamp = interval,
                MarketZone = MarketZone.PJM,
                PriceType = PriceType.RealTime5Min,
                Location = $"{50_000 + location}",
                IntervalMinutes = 5,
                Price = Math.Round(30 + 10 * Math.Sin(number * 0.37), 6),
                EnergyCost = 29,
                CongestionCost = 0.75,
                LossCost = 0.25,
                PublishedAt = interval.AddSeconds(90),
                Source = "benchmark",
            };
            return new Message<byte[], byte[]> { Key = keys[location], Value = JsonSerializer.SerializeToUtf8Bytes(tick, PriceJsonContext.Default.PriceTick) };
        }
    }
}
