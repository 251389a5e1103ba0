using System.CommandLine;
using OptiBid.Benchmarks.Pipeline;

return await new RootCommand("How fast the product is, beside its floor in the same run.")
{
    PipelineBenchmark.Command(),
    LogProcess.Command(),
}.Parse(args).InvokeAsync();
