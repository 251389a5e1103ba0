namespace OptiBid.Gateway.Analytics;

/// <summary>How values are distributed. What needs more values than there are is null.</summary>
internal sealed class Distribution
{
    private readonly double[] _sorted;

    /// <param name="values">Finite values in any order.</param>
    public Distribution(IEnumerable<double> values)
    {
        _sorted = [.. values];
        Array.Sort(_sorted);
        if (_sorted.Length == 0) return;

        var mean = _sorted.Average();
        Mean = mean;
        PositiveShare = _sorted.Count(static value => value > 0) / (double)_sorted.Length;
        if (_sorted.Length > 1) StandardDeviation = Math.Sqrt(_sorted.Sum(value => (value - mean) * (value - mean)) / (_sorted.Length - 1));
    }

    public int Count => _sorted.Length;

    /// <summary>Arithmetic mean.</summary>
    public double? Mean { get; }

    /// <summary>Sample standard deviation (n − 1); of two values or more.</summary>
    public double? StandardDeviation { get; }

    public double? Min => Quantile(0);

    public double? Max => Quantile(1);

    /// <summary>Share of values above zero, 0 to 1.</summary>
    public double? PositiveShare { get; }

    /// <summary>
    /// The quantile, linear between neighbours: definition 7 of R. J. Hyndman and Y. Fan, "Sample quantiles in
    /// statistical packages", The American Statistician 50 (1996).
    /// </summary>
    /// <param name="share">0 for the least, 0.5 for the median, 1 for the greatest.</param>
    public double? Quantile(double share)
    {
        if (_sorted.Length == 0) return null;

        var place = share * (_sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, _sorted.Length - 1);
        return _sorted[below] + ((place - below) * (_sorted[above] - _sorted[below]));
    }
}
