using System.Diagnostics;

namespace OptiBid.Benchmarks.Pipeline;

/// <summary>What one road cost this process.</summary>
/// <param name="Records">Records that went along it.</param>
/// <param name="Cpu">Processor time this process used.</param>
/// <param name="Wall">Time it took.</param>
internal readonly record struct Measurement(long Records, TimeSpan Cpu, TimeSpan Wall)
{
    /// <summary>Processor time a record, µs: the figure that travels between machines best.</summary>
    public double MicrosecondsEach => Cpu.TotalMicroseconds / Records;

    public double PerSecond => Records / Wall.TotalSeconds;

    /// <summary>The median of a figure over runs.</summary>
    public static double Median(IEnumerable<Measurement> runs, Func<Measurement, double> figure)
    {
        var figures = runs.Select(figure).Order().ToArray();
        return figures.Length % 2 == 1 ? figures[figures.Length / 2] : (figures[figures.Length / 2 - 1] + figures[figures.Length / 2]) / 2;
    }

    /// <summary>Measures while <paramref name="done"/> grows to <paramref name="records"/>, publishing as it goes.</summary>
    /// <param name="log">Where records come from.</param>
    /// <param name="records">How many.</param>
    /// <param name="done">How many have gone the whole road.</param>
    public static async Task<Measurement> TakeAsync(LogProcess log, long records, Func<long> done)
    {
        // The in-process broker keeps 5 MiB a partition, so no more than this may be on the way.
        const int OnTheWay = 30_000;

        using var process = Process.GetCurrentProcess();
        var start = done();
        var cpu = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        long asked = 0;
        while (done() - start < records)
        {
            var more = Math.Min(OnTheWay - (asked - (done() - start)), records - asked);
            if (more >= 5_000 || more > 0 && asked + more == records)
            {
                log.Publish((int)more);
                asked += more;
            }

            await Task.Delay(2);
        }

        clock.Stop();
        process.Refresh();
        return new Measurement(records, process.TotalProcessorTime - cpu, clock.Elapsed);
    }
}
