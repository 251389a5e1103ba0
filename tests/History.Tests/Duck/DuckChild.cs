using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace OptiBid.History.Tests.Duck;

/// <summary>
/// This test program started once more as a process that only writes, so that a test can kill it. It prints the
/// number of each batch once the batch is acknowledged.
/// </summary>
internal static class DuckChild
{
    public const int BatchSize = 500;
    private const string Variable = "OPTIBID_DUCK_CHILD";

    public static Process Start(string folder)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(DuckChild).Assembly.Location]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[Variable] = folder;
        return Process.Start(start)!;
    }

    // Before the test runner's own entry point, which then never gets its turn.
    [ModuleInitializer]
    internal static void WriteInsteadOfTesting()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } folder) return;

        var store = new Contract.HistoryUnderTest(("Data:Directory", folder));
        for (var batch = 1; ; batch++)
        {
            var interval = batch;
            store.Prices.WriteAsync(Enumerable.Range(0, BatchSize).Select(i => Ticks.At(interval, location: "L" + i)).ToArray()).GetAwaiter().GetResult();
            Console.Out.WriteLine(batch);
            Console.Out.Flush();
        }
    }
}
