using OptiBid.Grains.Interfaces;
using OptiBid.ProductProcess;
using OptiBid.Streams.Kafka.Embedded;

namespace OptiBid.Cluster.Tests;

/// <summary>The programs in <c>examples/</c>, with a gateway that is killed and started again beneath them.</summary>
public sealed class ExamplesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly DateTimeOffset Start = Interval(TimeProvider.System.GetUtcNow()).AddMinutes(-30);

    private static readonly string Examples = Path.Combine(ProductProcess.ProductProcess.RepositoryRoot(), "examples");

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("optibid-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Examples_GatewayKilledAndStartedAgain_PrintWhatComesAfterAndNeverGoBack()
    {
        SkipUnlessInstalled();
        var cancellation = TestContext.Current.CancellationToken;
        using var broker = EmbeddedBroker.Start([(MarketZone.PJM.Topic(), 3), (StreamNames.DeadLetterTopic, 1), (StreamNames.AlertsTopic, 1)]);
        using var producer = new PriceProducer(broker.BootstrapServers);
        var address = new Uri($"http://127.0.0.1:{ProductProcess.ProductProcess.FreePort()}");

        List<ExampleProgram> programs;
        await using (var gateway = GatewayOnBroker.Start(_data, broker, address))
        {
            await gateway.WaitUntilReadyAsync(cancellation);
            programs = StartAll(address);
            try
            {
                await producer.SendAsync([Tick(0)], cancellation);
                await AllPrintAsync(programs, 0, gateway, cancellation);
            }
            catch
            {
                foreach (var program in programs) await program.DisposeAsync();
                throw;
            }

            await gateway.KillAsync();
        }

        try
        {
            await producer.SendAsync([Tick(1)], cancellation);
            await using var again = GatewayOnBroker.Start(_data, broker, address);
            await again.WaitUntilReadyAsync(cancellation);
            await AllPrintAsync(programs, 1, again, cancellation);
            await producer.SendAsync([Tick(2)], cancellation);
            await AllPrintAsync(programs, 2, again, cancellation);

            foreach (var program in programs)
            {
                Assert.Equal(program.Lines.OrderBy(static line => line.Timestamp), program.Lines);
                Assert.All(program.Lines, static line => Assert.Equal(("PJM", "51288", "REAL_TIME_5_MIN"), (line.Zone, line.Location, line.Type)));
                Assert.All(program.Lines, static line => Assert.Equal(Price(Number(line.Timestamp)), line.Price));
            }
        }
        finally
        {
            foreach (var program in programs) await program.DisposeAsync();
        }
    }

    private static void SkipUnlessInstalled()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var missing = new[] { "bash", "curl", "jq", "python3", "npm" }.Where(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program)))).ToList();
        if (!Directory.Exists(Path.Combine(Examples, "typescript", "node_modules"))) missing.Add("examples/typescript/node_modules (npm ci)");
        if (missing.Count > 0 && Environment.GetEnvironmentVariable("CI") != "true") Assert.Skip($"Not on this machine: {string.Join(", ", missing)}.");
        Assert.Empty(missing);
    }

    private static List<ExampleProgram> StartAll(Uri address)
    {
        var built = Path.Combine(Examples, "csharp", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "OptiBid.Example.Prices.dll");
        return
        [
            ExampleProgram.Start("curl", address, Examples, "bash", "curl/prices.sh", "PJM"),
            ExampleProgram.Start("Python", address, Examples, "python3", "python/prices.py", "PJM"),
            ExampleProgram.Start("TypeScript", address, Path.Combine(Examples, "typescript"), "npm", "start", "--silent", "--", "PJM"),
            ExampleProgram.Start("C#", address, Examples, "dotnet", built, "PJM"),
        ];
    }

    private static async Task AllPrintAsync(List<ExampleProgram> programs, int number, ProductProcess.ProductProcess gateway, CancellationToken cancellationToken)
    {
        foreach (var program in programs)
        {
            await Eventually.TrueAsync(
                () => program.HasEnded
                    ? throw new InvalidOperationException($"It has ended. {program}")
                    : Task.FromResult(program.Lines.Any(line => line.Timestamp == Tick(number).Timestamp)),
                Patience,
                () => $"price {number} was not printed. {program}\n{gateway.Output}",
                cancellationToken);
        }
    }

    private static PriceTick Tick(int number) => new()
    {
        Timestamp = Start.AddMinutes(5 * number),
        MarketZone = MarketZone.PJM,
        PriceType = PriceType.RealTime5Min,
        Location = "51288",
        IntervalMinutes = 5,
        Price = Price(number),
        PublishedAt = Start.AddMinutes(5 * number + 5),
        Source = "test:examples",
    };

    // Zero, then below it: what a careless program leaves out or turns round.
    private static double Price(int number) => number * -12.5;

    private static int Number(DateTimeOffset timestamp) => (int)((timestamp - Start).TotalMinutes / 5);

    private static DateTimeOffset Interval(DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % TimeSpan.FromMinutes(5).Ticks, TimeSpan.Zero);
}
