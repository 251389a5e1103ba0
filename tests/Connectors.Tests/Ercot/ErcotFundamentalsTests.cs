using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Ercot;

public sealed class ErcotFundamentalsTests : MarketTest
{
    private const string List = "/misapp/servlets/IceDocListJsonWS";
    private const string File = "/misdownload/servlets/mirDownload";
    private const string Supply = "/api/1/services/read/dashboards/supply-demand.json";
    private const string Fuel = "/api/1/services/read/dashboards/fuel-mix.json";

    protected override MarketZone Zone => MarketZone.ERCOT;

    private void Serve(string csv) => Market
        .On(List, """{"ListDocsByRptTypeRes":{"DocumentList":[{"Document":{"DocID":"5","PublishDate":"2026-11-22T10:30:00-06:00","FriendlyName":"X_csv"}}]}}""")
        .On(File, Zip("x.csv", csv));

    private async Task<(FundamentalKind, DateTimeOffset, int, double)[]> ValuesAsync(string feed) =>
        [.. (await ReadAsync(Feed(feed))).SelectMany(page => page.Fundamentals).Select(value => (value.Kind, value.Start, value.Minutes, value.Value))];

    [Fact]
    public async Task LoadForecast_File_IsTheSystemsTotalAsPosted()
    {
        Serve("DeliveryDate,HourEnding,North,South,West,Houston,SystemTotal,DSTFlag    \n11/01/2026,2:00,1,1,1,1,40000.25,Y\n11/01/2026,2:00,1,1,1,1,41000,N\n03/08/2026,3:00,1,1,1,1,9,N\n11/22/2026,24:00,1,1,1,1,,N\n11/22/2026,24:00,1,1\n");

        var page = Assert.Single(await ReadAsync(Feed("ercot:np3-560-cd")));

        Assert.Equal(
            [(Utc(2026, 11, 1, 7), 40000.25), (Utc(2026, 11, 1, 6), 41000.0)],
            page.Fundamentals.Select(value => (value.Start, value.Value)));
        Assert.All(page.Fundamentals, value => Assert.Equal((FundamentalKind.LoadForecast, 60, Utc(2026, 11, 22, 16, 30)), (value.Kind, value.Minutes, value.PublishedAt)));
        Assert.Equal((5, 2, "files", Utc(2026, 11, 22, 16, 30)), (page.RowsRead, page.RowsRejected, page.Source, page.Cursor));
    }

    [Fact]
    public async Task LoadForecast_OfSeveralModels_IsTheOneInUse()
    {
        Serve("DeliveryDate,HourEnding,SystemTotal,Model,InUseFlag,DSTFlag\n11/22/2026,1:00,1,A3,N,N\n11/22/2026,1:00,2,E,Y,N\n");

        Assert.Equal(2.0, Assert.Single(await ValuesAsync("ercot:np3-560-cd")).Item4);
    }

    [Theory]
    [InlineData("ercot:np4-732-cd", "STWPF_SYSTEM_WIDE,WGRPP_SYSTEM_WIDE", FundamentalKind.WindForecast)]
    [InlineData("ercot:np4-737-cd", "STPPF_SYSTEM_WIDE,PVGRPP_SYSTEM_WIDE", FundamentalKind.SolarForecast)]
    public async Task WindAndSun_File_IsTheShortTermForecast(string feed, string columns, FundamentalKind kind)
    {
        Serve($"DELIVERY_DATE,HOUR_ENDING,SYSTEM_WIDE_GEN,COP_HSL_SYSTEM_WIDE,{columns},SYSTEM_WIDE_HSL,DSTFlag\n11/22/2026,01,,900,1000.5,700,,N\n");

        Assert.Equal([(kind, Utc(2026, 11, 22, 6), 60, 1000.5)], await ValuesAsync(feed));
    }

    [Fact]
    public async Task Forecast_FileRead_IsNotReadAgain()
    {
        Serve("DeliveryDate,HourEnding,SystemTotal,DSTFlag\n11/22/2026,1:00,1,N\n");
        var feed = Feed("ercot:np3-560-cd");

        await ReadAsync(feed);

        Assert.Empty(await ReadAsync(feed));
    }

    private const string Dashboard = """
        {"lastUpdated":"2026-11-22 11:25:00-0600",
         "data":[{"capacity":60000,"demand":45000,"forecast":0,"dstFlag":0,"interval":20,"hourEnding":12,"timestamp":"2026-11-22 11:20:00-0600","epoch":1795368000000},
                 {"capacity":60000,"demand":45100,"forecast":0,"timestamp":"2026-11-22 11:25:00-0600"},
                 {"capacity":60000,"demand":45500,"forecast":1,"available":70000,"timestamp":"2026-11-22 11:30:00-0600","epoch":1795368600000}],
         "forecast":[{"deliveryDate":"2026-11-23","hourEnding":1,"deliveryDateHrBegin":"2026-11-23 00:00:00","deliveryDateHrEnd":"2026-11-23 01:00:00","forecastedDemand":41000,"timestamp":"2026-11-23 01:00:00-0600","epoch":1795417200000},
                     {"deliveryDateHrBegin":"2026-03-08 03:00:00","deliveryDateHrEnd":"2026-03-08 03:00:00","forecastedDemand":1,"timestamp":"2026-03-08 03:00:00-0500"}]}
        """;

    [Fact]
    public async Task Load_Dashboard_IsWhatIsNotMarkedAsForecastByTheEndsOfItsIntervals()
    {
        Market.On(Supply, Dashboard);

        var page = Assert.Single(await ReadAsync(Feed("ercot:supply-demand")));

        Assert.Equal([(Utc(2026, 11, 22, 17, 15), 45000.0), (Utc(2026, 11, 22, 17, 20), 45100.0)], page.Fundamentals.Select(value => (value.Start, value.Value)));
        Assert.All(page.Fundamentals, value => Assert.Equal((FundamentalKind.Load, 5, value.Start.AddMinutes(5)), (value.Kind, value.Minutes, value.PublishedAt)));
        Assert.Equal(Utc(2026, 11, 22, 17, 25), page.Cursor);
    }

    [Fact]
    public async Task LoadForecast_NoFiles_IsReadFromTheDashboardWhichSaysWhy()
    {
        Market.On(List, "<html>maintenance</html>").On(Supply, Dashboard);

        var page = Assert.Single(await ReadAsync(Feed("ercot:np3-560-cd")));

        Assert.Equal([(Utc(2026, 11, 22, 17, 25), 5, 45500.0), (Utc(2026, 11, 23, 6), 60, 41000.0)], page.Fundamentals.Select(value => (value.Start, value.Minutes, value.Value)));
        Assert.All(page.Fundamentals, value => Assert.Equal(Utc(2026, 11, 22, 17, 25), value.PublishedAt));
        Assert.Equal("dashboard", page.Source);
        Assert.Contains("read from dashboard instead of files", page.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RenewableShare_LeavesStorageOutAndPutsSplitSnapshotsTogether()
    {
        Market.On(Fuel, """
            {"lastUpdated":"2026-11-22 11:25:00-0600","monthlyCapacity":{"Wind":40000},"data":{"2026-11-22":{
             "2026-11-22 11:19:57-0600":{"Wind":{"gen":30.0},"Solar":{"gen":10},"Hydro":{"gen":5},"Natural Gas":{"gen":50},"Nuclear":{"gen":5},"Power Storage":{"gen":-20}},
             "2026-11-22 11:25:02-0600":{"Natural Gas":{"gen":75}},
             "2026-11-22 11:24:58-0600":{"Wind":{"gen":25},"Solar":{"gen":-0.5},"Power Storage":{"gen":40}}}}}
            """);

        var page = Assert.Single(await ReadAsync(Feed("ercot:fuel-mix")));

        Assert.Equal([(Utc(2026, 11, 22, 17, 15), 45.0), (Utc(2026, 11, 22, 17, 20), 25.0)], page.Fundamentals.Select(value => (value.Start, value.Value)));
        Assert.All(page.Fundamentals, value => Assert.Equal(FundamentalKind.RenewableShare, value.Kind));
    }

    [Theory]
    [InlineData("<html>Incapsula</html>", "web page")]
    [InlineData("[]", "field data is missing")]
    [InlineData("{\"data\":[]}", "holds no value")]
    [InlineData("{\"data\":", "not valid JSON")]
    public async Task Dashboard_ThatIsNone_IsOneClearError(string body, string expected)
    {
        Market.On(Supply, body);

        Assert.Contains(expected, await ProblemAsync(Feed("ercot:supply-demand")), StringComparison.Ordinal);
    }

    [Fact]
    public void Schedules_OfADay_LeaveMostCallsForABackfill()
    {
        // Each poll is a list and, if there is news, a file; dashboards are one call. ERCOT allows 1800 calls an hour.
        Feed("ercot:fuel-mix");
        var hours = new int[24];
        foreach (var name in new OptiBid.Connectors.Ercot.ErcotMarket().Feeds)
        {
            var feed = Another(name);
            for (var poll = feed.NextPoll(Utc(2026, 11, 22, 0)); poll < Utc(2026, 11, 23, 0); poll = feed.NextPoll(poll))
                hours[poll.Hour] += feed.Name is "ercot:fuel-mix" or "ercot:supply-demand" ? 1 : 2;
        }

        Assert.InRange(hours.Max(), 60, 120);
    }
}
