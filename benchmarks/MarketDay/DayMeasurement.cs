namespace OptiBid.Benchmarks.MarketDay;

/// <summary>What one day took.</summary>
/// <param name="Rows">Rows in the history.</param>
/// <param name="Wall">From the request to the last row durable.</param>
/// <param name="Market">The part of it in which the market answered, or its limit forbade the next call.</param>
/// <param name="Cpu">Processor time of the product in it.</param>
/// <param name="Before">Peak working set of the product before it, bytes.</param>
/// <param name="Peak">Peak working set of the product at its end, bytes.</param>
/// <param name="Calls">HTTP calls.</param>
/// <param name="Bytes">Bytes of their answers.</param>
/// <param name="Wrong">Rows of the history that are not the market's, and rows of the market that the history lacks.</param>
internal sealed record DayMeasurement(long Rows, TimeSpan Wall, TimeSpan Market, TimeSpan Cpu, long Before, long Peak, int Calls, long Bytes, int Wrong)
{
    /// <summary>The median of a figure over runs.</summary>
    public static double Median(IReadOnlyCollection<DayMeasurement> runs, Func<DayMeasurement, double> figure)
    {
        var figures = runs.Select(figure).Order().ToArray();
        return (figures[(figures.Length - 1) / 2] + figures[figures.Length / 2]) / 2;
    }

    public override string ToString() =>
        $"{Rows:N0} rows in {Wall.TotalSeconds:F1} s (market {Market.TotalSeconds:F1} s), CPU {Cpu.TotalSeconds:F1} s, memory {Before / 1e6:N0} → {Peak / 1e6:N0} MB, {Calls} calls, {Bytes / 1e6:F1} MB, {Wrong} wrong";
}
