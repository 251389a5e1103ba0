using System.Diagnostics;

namespace OptiBid.Benchmarks.PriceHistory;

/// <summary>How long a question took, over many of its kind.</summary>
internal sealed record Latencies(string Question, double[] Milliseconds, long Rows)
{
    public double Median => At(0.5);

    public double P99 => At(0.99);

    /// <summary>Asks it so many times, after a tenth as many that do not count.</summary>
    /// <param name="question">In words.</param>
    /// <param name="times">How often it counts.</param>
    /// <param name="ask">Asks the n-th one and gives the number of rows.</param>
    public static async Task<Latencies> TakeAsync(string question, int times, Func<int, Task<long>> ask)
    {
        var warmUp = Math.Max(2, times / 10);
        var took = new double[times];
        long rows = 0;
        for (var i = -warmUp; i < times; i++)
        {
            var clock = Stopwatch.StartNew();
            rows = await ask(Math.Abs(i));
            if (i >= 0) took[i] = clock.Elapsed.TotalMilliseconds;
        }

        Array.Sort(took);
        return new(question, took, rows);
    }

    private double At(double share) => Milliseconds[Math.Min(Milliseconds.Length - 1, (int)Math.Ceiling(share * Milliseconds.Length) - 1)];
}
