using System.Text;
using OptiBid.Connectors.Caiso;
using OptiBid.Connectors.Caiso.Fundamentals;
using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Tests.Caiso.Fundamentals;

public sealed class OasisForecastTests
{
    private const string LoadHeader = "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,LOAD_TYPE,OPR_DT,OPR_HR,MARKET_RUN_ID,TAC_AREA_NAME,MW,EXECUTION_TYPE";
    private const string RenewableHeader = "OPR_DT,INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,TRADING_HUB,RENEWABLE_TYPE,MW,MARKET_RUN_ID";
    private const string Ten = "2026-11-22T18:00:00-00:00,2026-11-22T19:00:00-00:00";

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 17, 27, 0, TimeSpan.Zero);

    private static DateTimeOffset At(int day, int hour, int minute = 0) => new(2026, 11, day, hour, minute, 0, TimeSpan.Zero);

    private static (FeedPage Page, string? Warning) Load(string run, FeedRange range, params string[] rows)
    {
        var page = new FundamentalPageBuilder("caiso:test", range, Now, CaisoHorizon.Forecasts);
        var load = new LoadRows("caiso:test", run, page);
        load.Add(new MemoryStream(Encoding.UTF8.GetBytes($"{LoadHeader}\n{string.Join('\n', rows)}\n")));
        return (page.Build().With(load.Warning), load.Warning);
    }

    private static FeedPage Renewable(params string[] rows)
    {
        var page = new FundamentalPageBuilder("caiso:test", new(At(22, 0)), Now, CaisoHorizon.Forecasts);
        var renewable = new RenewableRows("caiso:test", "DAM", page);
        renewable.Add(new MemoryStream(Encoding.UTF8.GetBytes($"{RenewableHeader}\n{string.Join('\n', rows)}\n")));
        renewable.Finish();
        return page.Build();
    }

    [Theory]
    [InlineData("7DA", 15, 17, 10)]
    [InlineData("2DA", 20, 17, 10)]
    [InlineData("DAM", 21, 17, 10)]
    public void Load_ForecastOfDaysAhead_CountsAsPublishedAtTenPastNineThatManyDaysBefore(string run, int day, int hour, int minute)
    {
        var (page, _) = Load(run, new(At(22, 0)), $"{Ten},0,2026-11-22,11,{run},CA ISO-TAC,25001.5,{run}", $"{Ten},0,2026-11-22,11,{run},PACW,9,{run}");

        Assert.Equal(new Fundamental(FundamentalKind.LoadForecast, At(22, 18), 60, 25001.5, At(day, hour, minute)), Assert.Single(page.Fundamentals));
        Assert.Equal(2, page.RowsRead);
        // What is to come is asked for again.
        Assert.Equal(Now, page.Cursor);
    }

    [Fact]
    public void Load_PublicationInSpringAndAutumn_KeepsToTheWallClock()
    {
        var march = new DateTimeOffset(2026, 3, 9, 18, 0, 0, TimeSpan.Zero);

        Assert.Equal(new DateTimeOffset(2026, 3, 8, 16, 10, 0, TimeSpan.Zero), ForecastRun.LoadPublishedAt("DAM", march));
        Assert.Equal(new DateTimeOffset(2026, 3, 7, 17, 10, 0, TimeSpan.Zero), ForecastRun.LoadPublishedAt("2DA", march));
    }

    [Fact]
    public void Load_Actual_IsLoad()
    {
        var (page, _) = Load("ACTUAL", new(At(22, 0)), "2026-11-22T15:00:00-00:00,2026-11-22T16:00:00-00:00,0,2026-11-22,8,ACTUAL,CA ISO-TAC,24000,ACTUAL");

        Assert.Equal(new Fundamental(FundamentalKind.Load, At(22, 15), 60, 24000, At(22, 17)), Assert.Single(page.Fundamentals));
        Assert.Equal(At(22, 16), page.Cursor);
    }

    [Fact]
    public void Load_RealTimeRun_TellsFiveMinutesFromFifteen()
    {
        var (page, _) = Load(
            "RTM",
            new(At(22, 17)),
            "2026-11-22T17:30:00-00:00,2026-11-22T17:35:00-00:00,0,2026-11-22,10,RTM,CA ISO-TAC,23000,RTD",
            "2026-11-22T17:30:00-00:00,2026-11-22T17:45:00-00:00,0,2026-11-22,10,RTM,CA ISO-TAC,23100,RTPD");

        Assert.Equal(
            [(5, 23000.0, At(22, 17, 30).AddMinutes(-2.5)), (15, 23100.0, At(22, 17, 30).AddMinutes(-22.5))],
            page.Fundamentals.OrderBy(value => value.Minutes).Select(value => (value.Minutes, value.Value, value.PublishedAt)));
    }

    [Fact]
    public void Load_RowsOfAnotherRunThanAskedFor_AreTakenForWhatTheyAre() =>
        Assert.Equal(At(15, 17, 10), Assert.Single(Load("DAM", new(At(22, 0)), $"{Ten},0,2026-11-22,11,7DA,CA ISO-TAC,1,7DA").Page.Fundamentals).PublishedAt);

    [Fact]
    public void Load_WithoutTheMarketsOwnArea_IsTold() =>
        Assert.Contains("none of CA ISO-TAC", Load("DAM", new(At(22, 0)), $"{Ten},0,2026-11-22,11,DAM,PACW,1,DAM").Warning, StringComparison.Ordinal);

    [Fact]
    public void Load_BadRows_AreRefusedAlone()
    {
        var (page, _) = Load(
            "DAM", new(At(22, 0)), $"{Ten},0,2026-11-22,11,DAM,CA ISO-TAC,,DAM", "soon,later,0,2026-11-22,11,DAM,CA ISO-TAC,1,DAM", "x", $"{Ten},0,2026-11-22,11,DAM,CA ISO-TAC,7,DAM");

        Assert.Equal((7.0, 4, 3), (Assert.Single(page.Fundamentals).Value, page.RowsRead, page.RowsRejected));
    }

    [Fact]
    public void Load_ClosedRange_HoldsNothingBesides()
    {
        var (page, _) = Load("DAM", new(At(22, 19), At(22, 20)), $"{Ten},0,2026-11-22,11,DAM,CA ISO-TAC,1,DAM");

        Assert.Empty(page.Fundamentals);
    }

    [Fact]
    public void Renewable_HubsAreAddedUpAndActualsPassedOver()
    {
        var page = Renewable(
            $"2026-11-22,{Ten},NP15,Solar,100.5,DAM", $"2026-11-22,{Ten},SP15,Solar,200,DAM", $"2026-11-22,{Ten},ZP26,Solar,50,DAM",
            $"2026-11-22,{Ten},NP15,Wind,30,DAM", $"2026-11-22,{Ten},SP15,Wind,70,DAM", $"2026-11-22,{Ten},SP15,Wind,1,ACTUAL");

        Assert.Equal(
            [(FundamentalKind.WindForecast, 100.0, At(21, 15)), (FundamentalKind.SolarForecast, 350.5, At(21, 15))],
            page.Fundamentals.Select(value => (value.Kind, value.Value, value.PublishedAt)));
        Assert.Equal(0, page.RowsRejected);
    }

    [Fact]
    public void Renewable_IntervalThatLacksAHub_IsLeftOut()
    {
        const string eleven = "2026-11-22T19:00:00-00:00,2026-11-22T20:00:00-00:00";
        var page = Renewable($"2026-11-22,{Ten},NP15,Wind,30,DAM", $"2026-11-22,{Ten},SP15,Wind,70,DAM", $"2026-11-22,{eleven},SP15,Wind,70,DAM");

        Assert.Equal(At(22, 18), Assert.Single(page.Fundamentals).Start);
        Assert.Equal(["an interval lacks NP15"], page.Rejections.Keys);
    }
}
