using System.Globalization;
using System.Xml.Linq;

namespace OptiBid.Simulator.Tests.Plot;

public sealed class PlotCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Plot_AutumnDay_IsWellFormedAndStaysInsideItsFrame()
    {
        var file = _folder.File("day.svg");

        Assert.Equal((0, ""), await CommandLine.RunAsync(TestContext.Current.CancellationToken, "plot", "--zone", "PJM", "--start", "2026-11-01", "--days", "1", "--out", file));

        var svg = XDocument.Load(file);
        var lines = svg.Descendants().Where(element => element.Name.LocalName == "polyline").Select(element => element.Attribute("points")!.Value.Split(' ')).ToArray();
        Assert.Equal(7, lines.Length);
        Assert.Equal(2, svg.Descendants().Count(element => element.Name.LocalName == "polygon"));
        // Twenty-five hours: each day-ahead price is a step of two points, each real-time one a point.
        Assert.Equal([300, 300, 50, 50, 300, 300, 300], lines.Select(points => points.Length));
        Assert.All(lines.SelectMany(points => points), point => Assert.InRange(double.Parse(point.Split(',')[0], CultureInfo.InvariantCulture), 0, 1180));
    }

    [Theory]
    [InlineData("--zone", "MARS", "\"MARS\" is not one of")]
    [InlineData("--places", "ATLANTIS", "has no \"ATLANTIS\"")]
    [InlineData("--days", "0", "--days must be 1 to 31")]
    [InlineData("--out", "/nowhere/at/all.svg", "/nowhere/at/all.svg")]
    public async Task Plot_WrongOption_SaysSoAndFails(string option, string value, string expected)
    {
        var args = new Dictionary<string, string> { ["--zone"] = "CAISO", ["--start"] = "2026-04-13", ["--out"] = _folder.File("week.svg") };
        args[option] = value;

        var (code, error) = await CommandLine.RunAsync(TestContext.Current.CancellationToken, ["plot", .. args.SelectMany(pair => new[] { pair.Key, pair.Value })]);

        Assert.NotEqual(0, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }
}
