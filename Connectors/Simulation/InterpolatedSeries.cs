namespace OptiBid.Connectors.Simulation;

/// <summary>
/// A slow autoregressive series (mean 0, standard deviation 1): drawn at coarse steps and joined by straight lines, so
/// that weather with a memory of days costs no more than a handful of draws.
/// </summary>
/// <param name="key">Which one.</param>
/// <param name="minutes">Length of a coarse step, a multiple of five minutes.</param>
/// <param name="halfLife">Coarse steps in which a shock loses half its strength.</param>
internal sealed class InterpolatedSeries(ulong key, int minutes, double halfLife)
{
    private readonly AutoregressiveSeries _series = new(key, halfLife);
    private readonly int _steps = minutes / 5;
    private readonly double _correlation = Curves.Exp(-0.6931471805599453 / halfLife);
    private Span? _span;

    /// <summary>The value at a five-minute step.</summary>
    public double At(long step)
    {
        var coarse = Math.DivRem(step, _steps, out var rest);
        // Two threads may compute the same span; they come to the same result.
        var span = Volatile.Read(ref _span);
        if (span?.Start != coarse)
        {
            span = new Span(coarse, _series.At(coarse), _series.At(coarse + 1));
            Volatile.Write(ref _span, span);
        }

        var after = (double)rest / _steps;
        var before = 1 - after;
        // A mean of two values varies less than either; this makes good for it.
        return (before * span.From + after * span.To) / Math.Sqrt(before * before + after * after + 2 * before * after * _correlation);
    }

    private sealed record Span(long Start, double From, double To);
}
