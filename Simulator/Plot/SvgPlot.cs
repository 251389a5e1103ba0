using System.Globalization;
using System.Security;
using System.Text;

namespace OptiBid.Simulator.Plot;

/// <summary>Draws panels under one another over the same stretch of time.</summary>
/// <param name="title">Headline.</param>
/// <param name="from">Where time begins.</param>
/// <param name="to">Where it ends.</param>
/// <param name="midnights">Midnights on the market's clock, where a day is named.</param>
/// <param name="clock">That clock.</param>
internal sealed class SvgPlot(string title, DateTimeOffset from, DateTimeOffset to, IReadOnlyList<DateTimeOffset> midnights, TimeZoneInfo clock)
{
    private const int Width = 1180;
    private const int Left = 62;
    private const int Right = 20;
    private const int Top = 46;
    private const int Gap = 58;
    private const double Plotted = Width - Left - Right;

    private readonly StringBuilder _svg = new();

    /// <summary>The drawing.</summary>
    public string Render(params SvgPanel[] panels)
    {
        var height = Top + panels.Sum(panel => panel.Height + Gap) - 10;
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" font-family="system-ui, sans-serif" font-size="12" fill="#374151">""");
        Add($"""<rect width="{Width}" height="{height}" fill="#ffffff"/>""");
        Add($"""<text x="{Left}" y="20" font-size="15" font-weight="600" fill="#111827">{SecurityElement.Escape(title)}</text>""");
        var top = Top;
        for (var i = 0; i < panels.Length; i++)
        {
            Panel(panels[i], top, i);
            top += panels[i].Height + Gap;
        }

        Add($"</svg>");
        return _svg.ToString();
    }

    private void Panel(SvgPanel panel, int top, int number)
    {
        var (low, high, step) = panel.Scale();
        var bottom = top + panel.Height;
        double Y(double value) => bottom - (value - low) / (high - low) * panel.Height;

        Add($"""<clipPath id="panel{number}"><rect x="{Left}" y="{top}" width="{Plotted}" height="{panel.Height}"/></clipPath>""");
        for (var value = Math.Ceiling(low / step) * step + 0.0; value <= high + step / 2; value += step)
        {
            var isZero = Math.Abs(value) < step / 2;
            Add($"""<line x1="{Left}" x2="{Width - Right}" y1="{Y(value):0.0}" y2="{Y(value):0.0}" stroke="{(isZero ? "#6b7280" : "#e5e7eb")}"/>""");
            Add($"""<text x="{Left - 7}" y="{Y(value) + 4:0.0}" text-anchor="end">{value:#,0.##}</text>""");
        }

        Add($"""<text x="{Left - 7}" y="{top - 10}" text-anchor="end" font-weight="600">{panel.Unit}</text>""");
        Days(top, bottom);
        foreach (var series in panel.All) Draw(series, Y, number);
        Cut(panel, top, high);
        Legend(panel, top - 10);
    }

    private void Days(int top, int bottom)
    {
        for (var day = 0; day < midnights.Count; day++)
        {
            Add($"""<line x1="{X(midnights[day]):0.0}" x2="{X(midnights[day]):0.0}" y1="{top}" y2="{bottom}" stroke="#d1d5db"/>""");
            if (day == midnights.Count - 1) continue;
            var noon = midnights[day].AddHours(12);
            Add($"""<line x1="{X(noon):0.0}" x2="{X(noon):0.0}" y1="{bottom}" y2="{bottom + 4}" stroke="#9ca3af"/>""");
            Add($"""<text x="{X(noon):0.0}" y="{bottom + 18}" text-anchor="middle">{TimeZoneInfo.ConvertTime(noon, clock):ddd d MMM}</text>""");
        }
    }

    private void Draw(SvgPanel.Series series, Func<double, double> y, int number)
    {
        var path = string.Join(' ', series.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.Time):0.#},{y(point.Value):0.#}")));
        if (series.IsArea)
            Add($"""<polygon clip-path="url(#panel{number})" fill="{series.Colour}" points="{X(series.Points[0].Time):0.#},{y(0):0.#} {path} {X(series.Points[^1].Time):0.#},{y(0):0.#}"/>""");
        else
            Add($"""<polyline clip-path="url(#panel{number})" fill="none" stroke="{series.Colour}" stroke-width="{series.Width}" stroke-linejoin="round"{(series.Dashes is null ? "" : $" stroke-dasharray=\"{series.Dashes}\"")} points="{path}"/>""");
    }

    /// <summary>Writes the height of what the scale cuts off beside it, the highest of each day.</summary>
    private void Cut(SvgPanel panel, int top, double high)
    {
        var peaks = panel.All.SelectMany(series => series.Points.Where(point => point.Value > high).Select(point => (point.Time, point.Value, series.Colour)))
            .GroupBy(point => (int)(point.Time - from).TotalDays)
            .Select(group => group.MaxBy(point => point.Value));
        foreach (var (time, value, colour) in peaks)
        {
            Add($"""<text x="{X(time) + 4:0.0}" y="{top + 12}" font-size="11" fill="{colour}">▲{value:#,0}</text>""");
        }
    }

    private void Legend(SvgPanel panel, int y)
    {
        var x = Left + 14.0;
        foreach (var series in panel.All.Reverse())
        {
            if (series.IsArea) Add($"""<rect x="{x:0.0}" y="{y - 9}" width="22" height="10" fill="{series.Colour}"/>""");
            else Add($"""<line x1="{x:0.0}" x2="{x + 22:0.0}" y1="{y - 4}" y2="{y - 4}" stroke="{series.Colour}" stroke-width="2"{(series.Dashes is null ? "" : $" stroke-dasharray=\"{series.Dashes}\"")}/>""");
            Add($"""<text x="{x + 28:0.0}" y="{y}">{SecurityElement.Escape(series.Name)}</text>""");
            x += 52 + series.Name.Length * 6.9;
        }
    }

    private double X(DateTimeOffset time) => Left + (time - from) / (to - from) * Plotted;

    private void Add(FormattableString line) => _svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
