using System.Diagnostics;
using System.Globalization;

namespace OptiBid.Benchmarks.MarketDay;

/// <summary>What another process has used so far, as Linux counts it.</summary>
/// <param name="Cpu">Processor time.</param>
/// <param name="Peak">The most memory it has had in use, bytes.</param>
internal readonly record struct ProcessCost(TimeSpan Cpu, long Peak)
{
    /// <summary>Asks for a process's.</summary>
    public static ProcessCost Of(int id)
    {
        using var process = Process.GetProcessById(id);
        const string Peak = "VmHWM:";
        var line = File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith(Peak, StringComparison.Ordinal));
        return new(process.TotalProcessorTime, 1024 * long.Parse(line[Peak.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture));
    }
}
