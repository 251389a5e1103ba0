using System.Text;
using OptiBid.Connectors.Caiso.Outlook;
using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Tests.Caiso.Outlook;

public sealed class OutlookTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 17, 27, 0, TimeSpan.Zero);

    private static (string[] Columns, List<(DateTimeOffset Start, double?[] Values)> Rows) Read(string csv, DateOnly day, DateTimeOffset? runningAt = null) =>
        OutlookTable.Read("caiso:test", Encoding.UTF8.GetBytes(csv), day, runningAt, measured: "Current demand");

    [Fact]
    public void Table_SpringDay_LeavesOutTheHourThatIsNot()
    {
        var labels = Enumerable.Range(0, 289).Select(i => TimeSpan.FromMinutes(5 * i)).Select(time => time.Hours == 2 ? $"{time:hh\\:mm}," : $"{time:hh\\:mm},{time.TotalMinutes}");

        var rows = Read("Time,Solar\n" + string.Join('\n', labels), new(2026, 3, 8)).Rows;

        var midnight = new DateTimeOffset(2026, 3, 8, 8, 0, 0, TimeSpan.Zero);
        Assert.Equal(Enumerable.Range(0, 23 * 12).Select(i => midnight.AddMinutes(5 * i)), rows.Select(row => row.Start));
    }

    [Fact]
    public void Table_AutumnDay_TakesTheSecondOfEqualLabelsForTheRepeatedHour()
    {
        var labels = Enumerable.Range(0, 300).Select(i => i < 24 ? 5 * i : 5 * (i - 12)).Select(minute => $"{minute / 60:00}:{minute % 60:00},1");

        var rows = Read("Time,Solar\n" + string.Join('\n', labels), new(2026, 11, 1)).Rows;

        var midnight = new DateTimeOffset(2026, 11, 1, 7, 0, 0, TimeSpan.Zero);
        Assert.Equal(Enumerable.Range(0, 25 * 12).Select(i => midnight.AddMinutes(5 * i)), rows.Select(row => row.Start));
    }

    [Fact]
    public void Table_RunningDayJustAfterMidnight_MayStillBeYesterdays()
    {
        var midnight = new DateTimeOffset(2026, 11, 23, 8, 1, 0, TimeSpan.Zero);

        var (_, rows) = Read("Time,Day ahead forecast,Current demand\n23:45,1,2\n23:50,1,2\n23:55,1,\n00:00,1,\n", new(2026, 11, 23), midnight);

        Assert.Equal(new DateTimeOffset(2026, 11, 23, 7, 45, 0, TimeSpan.Zero), rows[0].Start);
    }

    [Fact]
    public void Table_ForecastsOfTheRunningDay_DoNotMakeItYesterdays() =>
        Assert.Equal(
            new DateTimeOffset(2026, 11, 22, 17, 20, 0, TimeSpan.Zero),
            Read("Time,Day ahead forecast,Current demand\n09:20,1,2\n23:55,1,\n", new(2026, 11, 22), Now).Rows[0].Start);

    [Fact]
    public void FuelMix_Share_IsOfWhatIsGeneratedWithin()
    {
        var mix = new FuelMix("caiso:test", ["Wind", "Solar", "Small hydro", "Large Hydro", "Nuclear", "Natural Gas", "Batteries", "Imports", "Other"]);

        Assert.Equal(40, mix.Share([100, 250, 50, 200, 200, 200, -3000, 5000, 0]));
        Assert.Equal(20, mix.Share([100, -30, 0, 100, 200, 100, 3000, -5000, 0]));
        Assert.Null(mix.Share([100, null, 0, 0, 0, 0, 0, 0, 0]));
        Assert.Equal(40, mix.Share([100, 250, 50, 200, 200, 200, null, null, 0]));
    }

    [Fact]
    public void FuelMix_WithoutSun_NamesTheColumn() =>
        Assert.Contains("column Solar is missing", Assert.Throws<MarketFeedException>(() => new FuelMix("caiso:test", ["Wind", "Coal"])).Message, StringComparison.Ordinal);

    [Fact]
    public void DailyRenewablesWatch_TypedDay_GivesSharesWithoutImports()
    {
        const string text = "11/05/17\t\t\tHourly Breakdown of Renewable Resources (MW)\n\tHour\t\tWIND TOTAL\n\t1\t\t100\n\n"
            + "\t\t\tHourly Breakdown of Total Production by Resource Type (MW)\n\tHour\t\tRENEWABLES\tNUCLEAR\t\tTHERMAL\t\tIMPORTS\t\tHYDRO\t\t\n"
            + "\t1\t\t300\t\t200\t\t400\t\t9000\t\t100\n\t2\t\t0\t\t0\t\t#VALUE!\t\t0\t\t0\n\t3\t\t\"broken\nover lines\"\t\t0\t\t#VALUE!\t\t0\t\t0\n\t24\t\t100\t\t200\t\t600\t\t0\t\t100\n";
        var reasons = new List<string>();

        Assert.True(DailyRenewablesWatch.Is(Encoding.UTF8.GetBytes(text)));
        var shares = DailyRenewablesWatch.Read("caiso:test", Encoding.UTF8.GetBytes(text), reasons.Add).ToArray();

        Assert.Equal([(new DateTimeOffset(2017, 11, 5, 7, 0, 0, TimeSpan.Zero), 30.0), (new DateTimeOffset(2017, 11, 6, 7, 0, 0, TimeSpan.Zero), 10.0)], shares);
        Assert.Equal(2, reasons.Count);
    }
}
