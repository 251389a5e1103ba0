using System.Globalization;
using System.Text;
using OptiBid.Connectors.Caiso.Prices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Zones;

namespace OptiBid.Connectors.Tests.Caiso.Prices;

public sealed class LmpJoinTests
{
    private const string Header = "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,NODE,LMP_TYPE,MW";

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 17, 27, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static LmpJoin Join(CaisoFeedDefinition definition, params string[] files)
    {
        var join = new LmpJoin(new ScriptedFeed(definition.Name, definition.Interval), definition, Now);
        foreach (var file in files) join.Add(new MemoryStream(Encoding.UTF8.GetBytes($"{Header}\n{file}\n")));
        return join;
    }

    private static FeedPage[] Pages(LmpJoin join, FeedRange? range = null) =>
        [.. join.Pages(range ?? new(Noon), DateTimeOffset.MaxValue, start => start)];

    private static string Row(string type, double value, string node = "N", DateTimeOffset? start = null, int minutes = 5, string label = "2026-11-22,5") =>
        string.Create(CultureInfo.InvariantCulture, $"{start ?? Noon:yyyy-MM-dd'T'HH:mm:ss}-00:00,{(start ?? Noon).AddMinutes(minutes):yyyy-MM-dd'T'HH:mm:ss}-00:00,{label},{node},{type},{value}");

    private static string Whole(string node, DateTimeOffset start, double price = 40, int minutes = 5, string label = "2026-11-22,5") => string.Join(
        '\n', Row("LMP", price, node, start, minutes, label), Row("MCE", price, node, start, minutes, label), Row("MCC", 0, node, start, minutes, label), Row("MCL", 0, node, start, minutes, label));

    [Theory]
    [InlineData(40, 41.25, 0.25, -1.5, 0, 41.25)]
    [InlineData(40, 44.25, 0.25, -1.5, -3, 41.25)]
    [InlineData(40, 41.25, 0.25, -1.5, 3, 41.25)]
    public void Pages_GreenhouseComponent_IsPartOfEnergyWhereThePriceHoldsIt(double price, double energy, double congestion, double loss, double greenhouse, double expected)
    {
        var page = Assert.Single(Pages(Join(CaisoFeeds.RealTime, string.Join(
            '\n', Row("MGHG", greenhouse), Row("MCL", loss), Row("LMP", price), Row("MCE", energy), Row("MCC", congestion)))));

        var tick = Assert.Single(page.Ticks);
        Assert.Equal(expected, tick.EnergyCost);
        Assert.Equal(tick.Price, tick.EnergyCost!.Value + tick.CongestionCost!.Value + tick.LossCost!.Value, 0.01);
        Assert.Null(page.Warning);
    }

    [Fact]
    public void Pages_ComponentsThatDoNotAddUpEitherWay_AreTold()
    {
        var page = Assert.Single(Pages(Join(CaisoFeeds.RealTime, string.Join('\n', Row("LMP", 40), Row("MCE", 30), Row("MCC", 1), Row("MCL", 1), Row("MGHG", 2)))));

        Assert.Contains("40 against 34", page.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_LoneGreenhouseRow_IsNoTick()
    {
        var page = Assert.Single(Pages(Join(CaisoFeeds.RealTime, Row("MGHG", 3))));

        Assert.Empty(page.Ticks);
        Assert.Equal(["components without an LMP row"], page.Rejections.Keys);
    }

    [Fact]
    public void Pages_AFilePerComponent_IsJoinedAcrossFiles()
    {
        var page = Assert.Single(Pages(Join(CaisoFeeds.RealTime, Row("MCC", 1), Row("MCE", 30), Row("LMP", 32), Row("MCL", 1))));

        var tick = Assert.Single(page.Ticks);
        Assert.Equal((32.0, 30.0, 1.0, 1.0), (tick.Price, tick.EnergyCost, tick.CongestionCost, tick.LossCost));
    }

    [Fact]
    public void Pages_ManyNodes_AreBoundedInOrderAndMoveTheCursorOnlyPastWholeIntervals()
    {
        DateTimeOffset[] starts = [Noon.AddMinutes(5), Noon];
        var rows = Enumerable.Range(0, 12_500).Reverse().SelectMany(node => starts.Select(start => Row("LMP", node, $"N{node:00000}", start)));

        var pages = Pages(Join(CaisoFeeds.RealTime, string.Join('\n', rows)));

        Assert.Equal([10_000, 10_000, 5_000], pages.Select(page => page.Ticks.Length));
        Assert.Equal([Noon, Noon.AddMinutes(5), Noon.AddMinutes(10)], pages.Select(page => page.Cursor));
        Assert.Equal([25_000, 0, 0], pages.Select(page => page.RowsRead));
        var ticks = pages.SelectMany(page => page.Ticks).ToArray();
        Assert.Equal(ticks.OrderBy(tick => tick.Timestamp).ThenBy(tick => tick.Location, StringComparer.Ordinal), ticks);
        Assert.Equal(25_000, ticks.Select(tick => (tick.Location, tick.Timestamp)).Distinct().Count());
    }

    [Fact]
    public void Pages_IntervalNotWholeYet_IsNotPassedByAnyCursor()
    {
        var start = Now.AddMinutes(-7);
        var join = Join(CaisoFeeds.RealTime, string.Join('\n', Row("LMP", 1, "A", start), Whole("B", start), Whole("B", start.AddMinutes(5))));

        var page = Assert.Single(Pages(join));

        Assert.Equal(["B", "B"], page.Ticks.Select(tick => tick.Location));
        Assert.Equal((start, start), (join.Held, page.Cursor));
    }

    [Fact]
    public void Pages_ClosedRange_HoldsNothingBesides()
    {
        var join = Join(CaisoFeeds.RealTime, string.Join('\n', Enumerable.Range(-2, 5).Select(i => Whole("N", Noon.AddMinutes(5 * i)))));

        var pages = Pages(join, new(Noon, Noon.AddMinutes(10)));

        Assert.Equal([Noon, Noon.AddMinutes(5)], pages.SelectMany(page => page.Ticks).Select(tick => tick.Timestamp));
    }

    [Fact]
    public void Pages_AutumnDay_Has25HoursWhateverTheirLabels()
    {
        var midnight = new DateTimeOffset(2026, 11, 1, 7, 0, 0, TimeSpan.Zero);
        string Label(int hour) => $"2026-11-01,{(hour < 2 ? hour + 1 : hour == 2 ? 25 : hour)}";
        var rows = Enumerable.Range(0, 25).OrderBy(hour => hour * 7 % 25).Select(hour => Whole("N", midnight.AddHours(hour), hour, minutes: 60, Label(hour)));

        var ticks = Assert.Single(Pages(Join(CaisoFeeds.DayAhead, string.Join('\n', rows)), new(midnight))).Ticks;

        Assert.Equal(Enumerable.Range(0, 25).Select(hour => (midnight.AddHours(hour), (double)hour)), ticks.Select(tick => (tick.Timestamp, tick.Price)));
    }

    [Fact]
    public void Pages_SpringDay_Has23Hours()
    {
        var midnight = new DateTimeOffset(2026, 3, 8, 8, 0, 0, TimeSpan.Zero);
        var rows = Enumerable.Range(0, 23).Select(hour => Whole("N", midnight.AddHours(hour), hour, minutes: 60, $"2026-03-08,{(hour < 2 ? hour + 1 : hour + 2)}"));

        var page = Assert.Single(Pages(Join(CaisoFeeds.DayAhead, string.Join('\n', rows)), new(midnight)));

        Assert.Equal((23, 0, midnight.AddHours(23)), (page.Ticks.Length, page.RowsRejected, page.Cursor));
    }
}
