namespace OptiBid.Simulator.Plot;

/// <summary>One panel of a plot: series over time on a common scale.</summary>
/// <param name="Unit">Unit of the scale.</param>
/// <param name="Height">Height in pixels.</param>
internal sealed record SvgPanel(string Unit, int Height)
{
    private readonly List<Series> _series = [];

    /// <summary>What is drawn, first the lowest.</summary>
    public IReadOnlyList<Series> All => _series;

    /// <summary>Adds a line.</summary>
    public void Line(string name, string colour, double width, List<(DateTimeOffset Time, double Value)> points, string? dashes = null) =>
        _series.Add(new Series(name, colour, width, points, dashes, IsArea: false));

    /// <summary>Adds a line of steps that each last for an interval.</summary>
    public void Steps(string name, string colour, double width, List<(DateTimeOffset Time, double Value)> points, TimeSpan interval) =>
        Line(name, colour, width, [.. points.SelectMany(point => new[] { point, (point.Time + interval, point.Value) })], dashes: "7 3");

    /// <summary>Adds an area down to zero.</summary>
    public void Area(string name, string colour, List<(DateTimeOffset Time, double Value)> points) =>
        _series.Add(new Series(name, colour, 0, points, null, IsArea: true));

    /// <summary>
    /// Lowest and highest value of the scale, with the distance of its lines. A few values far above the rest are cut off,
    /// so that they do not flatten it.
    /// </summary>
    public (double Low, double High, double Step) Scale()
    {
        var values = _series.SelectMany(series => series.Points.Select(point => point.Value)).Order().ToArray();
        var usual = values[(int)(values.Length * 0.95)];
        var (low, high) = (Math.Min(0, values[0]), values[^1] > 4 * usual ? 2 * usual : values[^1]);
        var step = Round((high - low) / 7);
        return (low < 0 ? low - step / 5 : 0, Math.Ceiling(high / step) * step, step);
    }

    private static double Round(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
    }

    /// <summary>A series.</summary>
    /// <param name="Name">Its name in the legend.</param>
    /// <param name="Colour">CSS colour.</param>
    /// <param name="Width">Width of the line, pixels.</param>
    /// <param name="Points">Its points in the order of time.</param>
    /// <param name="Dashes">SVG dash pattern, or null.</param>
    /// <param name="IsArea">Whether the area down to zero is filled.</param>
    internal sealed record Series(string Name, string Colour, double Width, List<(DateTimeOffset Time, double Value)> Points, string? Dashes, bool IsArea);
}
