using System.CommandLine;
using OptiBid.Benchmarks.Alerts;
using OptiBid.Benchmarks.MarketDay;
using OptiBid.Benchmarks.Pipeline;
using OptiBid.Benchmarks.PriceHistory;
using OptiBid.Benchmarks.Quality;
using OptiBid.Benchmarks.Rest;
using OptiBid.Benchmarks.Streams;

return await new RootCommand("How fast the product is, beside its floor in the same run.")
{
    PipelineBenchmark.Command(),
    MarketDayBenchmark.Command(),
    StreamsBenchmark.Command(),
    HistoryBenchmark.Command(),
    TurnBenchmark.Command(),
    RestBenchmark.Command(),
    AlertBenchmark.Command(),
    LoadProcess.Command(),
    LogProcess.Command(),
}.Parse(args).InvokeAsync();
