using System.Globalization;

namespace OptiBid.Cluster.Tests;

/// <summary>A process's <c>/metrics</c>.</summary>
internal static class Metrics
{
    /// <summary>The sum over all series whose name contains the text.</summary>
    public static async Task<double> SumAsync(this ProductProcess.ProductProcess process, string name, CancellationToken cancellationToken)
    {
        var metrics = await process.Http.GetStringAsync("/metrics", cancellationToken);
        return metrics.Split('\n')
            .Where(line => !line.StartsWith('#') && line.Split('{', ' ')[0].Contains(name, StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));
    }
}
