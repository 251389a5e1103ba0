using System.Globalization;
using System.IO.Compression;

namespace OptiBid.Simulator.Tests.Serve.Nyiso;

public sealed class NyisoEndpointsTests : ServeTest
{
    private const string Root = "/nyiso/public/csv/";
    private const string PriceHeader = "\"Time Stamp\",\"Name\",\"PTID\",\"LBMP ($/MWHr)\",\"Marginal Cost Losses ($/MWHr)\",\"Marginal Cost Congestion ($/MWHr)\"";

    [Theory]
    [InlineData("realtime/20261124realtime_zone.csv", PriceHeader, @"^""11/24/2026 00:05:00"",""CAPITL"",61757,-?\d+\.\d\d,-?\d+\.\d\d,-?\d+\.\d\d$")]
    [InlineData("realtime/20261124realtime_gen.csv", PriceHeader, @"^""11/24/2026 00:05:00"",""[A-Z]+___1"",9000\d\d,")]
    [InlineData("damlbmp/20261125damlbmp_zone.csv", PriceHeader, @"^""11/25/2026 00:00"",""CAPITL"",61757,")]
    [InlineData("rtlbmp/20261124rtlbmp_zone.csv", PriceHeader, @"^""11/24/2026 00:00"",""CAPITL"",61757,")]
    [InlineData("pal/20261124pal.csv", "\"Time Stamp\",\"Time Zone\",\"Name\",\"PTID\",\"Load\"\r", @"^""11/24/2026 00:00:00"",""EST"",""CAPITL"",61757,\d+\.\d\r$")]
    [InlineData("isolf/20261124isolf.csv", "\"Time Stamp\",\"Capitl\",\"Centrl\",\"Dunwod\",\"Genese\",\"Hud Vl\",\"Longil\",\"Mhk Vl\",\"Millwd\",\"N.Y.C.\",\"North\",\"West\",\"NYISO\"", @"^""11/24/2026 00:00"",(\d+,){11}\d+$")]
    [InlineData("generator/generator.csv", "Generator Name,Generator PTID,Subzone,Zone,Latitude,Longitude,Active", @"^[A-Z]+___1,9000\d\d,[A-Z. ]+,[A-Z. ]+,,,Y$")]
    [InlineData("rtfuelmix/20261124rtfuelmix.csv", "Time Stamp,Time Zone,Fuel Category,Gen MW\r", @"^11/24/2026 00:05:00,EST,Dual Fuel,\d+\.0\r$")]
    public async Task Files_HaveTheirColumnsAndFirstRow(string file, string header, string row)
    {
        await StartAsync();

        var lines = await LinesAsync(Root + file);

        Assert.Equal(header, lines[0]);
        Assert.Matches(row, lines[1]);
    }

    [Fact]
    public async Task Prices_CongestionHasItsSignTurned_SoThatEnergyIsTheSameEverywhere()
    {
        await StartAsync();

        var rows = (await LinesAsync(Root + "damlbmp/20261124damlbmp_zone.csv")).Skip(1).Take(11).Select(line => line.Split(',')).ToArray();

        Assert.Contains(rows, row => row[5] != "0.00");
        decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
        var energies = rows.Select(row => Number(row[3]) - Number(row[4]) + Number(row[5])).ToArray();
        Assert.True(energies.Max() - energies.Min() <= 0.02m);
    }

    [Fact]
    public async Task AutumnDay_OneOClock_StandsTwiceInOrder()
    {
        await StartAsync(now: new DateTimeOffset(2026, 11, 2, 12, 0, 0, TimeSpan.Zero));

        var hours = Stamps(await LinesAsync(Root + "damlbmp/20261101damlbmp_zone.csv"));
        var runs = Stamps(await LinesAsync(Root + "realtime/20261101realtime_zone.csv"));
        var zones = (await LinesAsync(Root + "pal/20261101pal.csv")).Where(line => line.Contains("01:30:00", StringComparison.Ordinal) && line.Contains("CAPITL", StringComparison.Ordinal)).Select(line => line.Split(',')[1]);

        Assert.Equal(["11/01/2026 00:00", "11/01/2026 01:00", "11/01/2026 01:00", "11/01/2026 02:00"], hours.Take(4));
        Assert.Equal((25, 300), (hours.Length, runs.Length));
        Assert.Equal(["11/01/2026 01:55:00", "11/01/2026 01:00:00", "11/01/2026 01:05:00"], runs.Skip(22).Take(3));
        Assert.Equal("11/02/2026 00:00:00", runs[^1]);
        Assert.Equal(["\"EDT\"", "\"EST\""], zones);

        static string[] Stamps(string[] lines) => [.. lines.Where(line => line.Contains("CAPITL", StringComparison.Ordinal)).Select(line => line.Split(',')[0].Trim('"'))];
    }

    [Fact]
    public async Task OldDays_AreInTheMonthsZipAlone()
    {
        await StartAsync(new() { Locations = 1 });

        using var day = await GetAsync(Root + "damlbmp/20261020damlbmp_zone.csv");
        using var month = await GetAsync(Root + "damlbmp/20261001damlbmp_zone_csv.zip");

        Assert.Equal(404, (int)day.StatusCode);
        using var zip = new ZipArchive(await month.Content.ReadAsStreamAsync(Cancel));
        Assert.Equal(31, zip.Entries.Count);
        Assert.Equal("20261020damlbmp_zone.csv", zip.Entries[19].FullName);
    }

    [Fact]
    public async Task ConditionalRequest_Is304UntilTheNextRun()
    {
        await StartAsync();
        const string File = Root + "realtime/20261124realtime_zone.csv";
        using var first = await GetAsync(File);

        using var same = await GetAsync(File, ("If-None-Match", first.Headers.ETag!.ToString()));
        Clock.Advance(TimeSpan.FromMinutes(5));
        using var changed = await GetAsync(File, ("If-None-Match", first.Headers.ETag!.ToString()));

        Assert.Equal([304, 200], new[] { same, changed }.Select(answer => (int)answer.StatusCode));
    }

    [Fact]
    public async Task NewestRun_IsAFileByItself()
    {
        await StartAsync();

        var text = await TextAsync("/nyiso/public/realtime/realtime_zone_lbmp.csv");

        Assert.StartsWith("\n" + PriceHeader + "\n\"11/24/2026 12:30:00\",\"CAPITL\",61757,", text, StringComparison.Ordinal);
        Assert.Equal(12, Lines(text).Length);
    }
}
