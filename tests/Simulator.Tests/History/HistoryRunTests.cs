using Microsoft.Extensions.Time.Testing;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.History;
using Spectre.Console;

namespace OptiBid.Simulator.Tests.History;

public sealed class HistoryRunTests : IDisposable
{
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _folder.Dispose();

    private HistoryOptions Options(string target, HistoryFormat format = HistoryFormat.Csv) => new()
    {
        From = From, To = From.AddDays(3), Zones = [MarketZone.PJM], Types = [PriceType.RealTime5Min], Locations = 40, Seed = 1, Format = format,
        Out = target == "-" ? "-" : _folder.File(target),
    };

    private Task<int> RunAsync(HistoryOptions options, Stream? output = null, CancellationToken? cancellation = null) => HistoryRun.RunAsync(
        options,
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_error) }),
        () => output ?? Stream.Null,
        new FakeTimeProvider(From.AddDays(1)),
        cancellation ?? TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("Csv")]
    [InlineData("Parquet")]
    public async Task RunAsync_Stopped_LeavesNoFileAndKeepsTheOneThatWasThere(string format)
    {
        await File.WriteAllTextAsync(_folder.File("prices"), "before", TestContext.Current.CancellationToken);

        var code = await RunAsync(Options("prices", Enum.Parse<HistoryFormat>(format)), cancellation: new CancellationToken(canceled: true));

        Assert.Equal(1, code);
        Assert.Equal(["prices"], _folder.Names);
        Assert.Equal("before", await File.ReadAllTextAsync(_folder.File("prices"), TestContext.Current.CancellationToken));
        Assert.EndsWith("stopped before it was whole", _error.ToString().TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ReaderOfThePipeIsGone_FailsWithOneLine()
    {
        var code = await RunAsync(Options("-"), new ClosingPipe(300_000));

        Assert.Equal(1, code);
        Assert.Equal("-: the reader has gone", _error.ToString().TrimEnd());
    }

    [Fact]
    public async Task RunAsync_StandardOutput_CarriesThePricesAndNothingElse()
    {
        var output = new MemoryStream();

        Assert.Equal(0, await RunAsync(Options("-") with { To = From.AddHours(1) }, output));
        Assert.Equal(0, await RunAsync(Options("file") with { To = From.AddHours(1) }));

        Assert.Equal(await File.ReadAllBytesAsync(_folder.File("file"), TestContext.Current.CancellationToken), output.ToArray());
        Assert.Equal("", _error.ToString());
    }

    [Fact]
    public async Task RunAsync_FutureToKafkaOrParquetToAPipe_IsRefused()
    {
        Assert.Equal(1, await RunAsync(Options("x") with { Out = null, BootstrapServers = "localhost:1" }));
        Assert.Equal(1, await RunAsync(Options("-", HistoryFormat.Parquet)));

        Assert.Equal(2, _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    /// <summary>A stream whose other end closes after a number of bytes.</summary>
    private sealed class ClosingPipe(int bytes) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            Length + buffer.Length > bytes ? throw new IOException("the reader has gone") : base.WriteAsync(buffer, cancellationToken);
    }
}
