using System.Globalization;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Nyiso;

public sealed class NyisoFundamentalFeedTests : MarketTest
{
    private const string Load = "nyiso:pal";
    private const string Forecast = "nyiso:isolf";
    private const string Mix = "nyiso:rtfuelmix";
    private const string LoadHeader = "\"Time Stamp\",\"Time Zone\",\"Name\",\"PTID\",\"Load\"\n";
    private const string MixHeader = "Time Stamp,Time Zone,Fuel Category,Gen MW\n";

    protected override MarketZone Zone => MarketZone.NYISO;

    /// <summary>The load of all eleven zones, each the same.</summary>
    private static string Zones(string stamp, string timeZone, double megawatts, int zones = 11) => string.Concat(Enumerable.Range(61752, zones)
        .Select(ptid => string.Create(CultureInfo.InvariantCulture, $"\"{stamp}\",\"{timeZone}\",\"Z{ptid}\",{ptid},{megawatts}\n")));

    private static string Fuels(string stamp, string timeZone, double gas, double hydro, double wind, double other) => string.Create(
        CultureInfo.InvariantCulture,
        $"{stamp},{timeZone},Natural Gas,{gas}\n{stamp},{timeZone},Hydro,{hydro}\n{stamp},{timeZone},Wind,{wind}\n{stamp},{timeZone},Other Renewables,{other}\n");

    private async Task<FeedPage> PageAsync(string feed, DateTimeOffset from, DateTimeOffset? to = null) =>
        Assert.Single(await ReadAsync(Feed(feed), new FeedRange(from, to)), page => page.RowsRead > 0);

    [Fact]
    public async Task Load_IsTheSumOfTheZonesFromItsStampOn()
    {
        Market.On("/csv/pal/20261122pal.csv", LoadHeader + Zones("11/22/2026 12:15:00", "EST", 1500.5) + Zones("11/22/2026 12:17:34", "EST", 1) + Zones("11/22/2026 12:20:00", "EST", 1600));

        var page = await PageAsync(Load, Utc(2026, 11, 22, 17));

        Assert.Equal(
            [
                new(FundamentalKind.Load, Utc(2026, 11, 22, 17, 15), 5, 16_505.5, Utc(2026, 11, 22, 17, 20)),
                new(FundamentalKind.Load, Utc(2026, 11, 22, 17, 20), 5, 17_600, Utc(2026, 11, 22, 17, 25)),
            ],
            page.Fundamentals);
        Assert.Equal((33, Utc(2026, 11, 22, 17, 25), null), (page.RowsRead, page.Cursor, page.Warning));
    }

    [Fact]
    public async Task Load_WithoutAZone_IsNoSumAndTold()
    {
        Market.On("/csv/pal/20261122pal.csv", LoadHeader + Zones("11/22/2026 12:10:00", "EST", 1, zones: 10) + Zones("11/22/2026 12:15:00", "EST", 2) + Zones("11/22/2026 12:20:00", "EST", 3, zones: 4));

        var page = await PageAsync(Load, Utc(2026, 11, 22, 17));

        Assert.Equal(22, Assert.Single(page.Fundamentals).Value);
        Assert.Equal(Load + ": 2 intervals are left out, for fewer than 11 zones have a load", page.Warning);
    }

    [Fact]
    public async Task Load_NewestStampHalfWritten_IsWaitedForInSilence()
    {
        Market.On("/csv/pal/20261122pal.csv", LoadHeader + Zones("11/22/2026 12:15:00", "EST", 2) + Zones("11/22/2026 12:20:00", "EST", 3, zones: 4));

        var page = await PageAsync(Load, Utc(2026, 11, 22, 17));

        Assert.Equal((1, null, Utc(2026, 11, 22, 17, 20)), (page.Fundamentals.Count, page.Warning, page.Cursor));
    }

    [Theory]
    [InlineData("EDT", "EST")]
    [InlineData("", "")]
    public async Task Load_FallDay_FollowsTheTimeZoneElseTheOrder(string first, string second)
    {
        Market.On("/csv/pal/20261101pal_csv.zip", Zip("20261101pal.csv", LoadHeader
            + Zones("11/01/2026 01:00:00", first, 1) + Zones("11/01/2026 01:55:00", first, 2) + Zones("11/01/2026 01:00:00", second, 3) + Zones("11/01/2026 02:00:00", second, 4)));

        var page = await PageAsync(Load, Utc(2026, 11, 1, 4), Utc(2026, 11, 2, 5));

        Assert.Equal(
            [(Utc(2026, 11, 1, 5), 11.0), (Utc(2026, 11, 1, 5, 55), 22.0), (Utc(2026, 11, 1, 6), 33.0), (Utc(2026, 11, 1, 7), 44.0)],
            page.Fundamentals.Select(value => (value.Start, value.Value)));
    }

    [Fact]
    public async Task Load_SpringDay_RefusesTheHourThatIsSkipped()
    {
        Market.On("/csv/pal/20260301pal_csv.zip", Zip("20260308pal.csv", LoadHeader
            + Zones("03/08/2026 01:55:00", "EST", 1) + Zones("03/08/2026 02:00:00", "EST", 2) + Zones("03/08/2026 03:00:00", "EDT", 3)));

        var page = await PageAsync(Load, Utc(2026, 3, 8, 5), Utc(2026, 3, 9, 4));

        Assert.Equal([(Utc(2026, 3, 8, 6, 55), 11.0), (Utc(2026, 3, 8, 7), 33.0)], page.Fundamentals.Select(value => (value.Start, value.Value)));
        Assert.Equal(11, page.RowsRejected);
    }

    [Fact]
    public async Task Forecast_TakesTheSystemsColumnAndItsMorningOfPublication()
    {
        Market.On("/csv/isolf/20261122isolf.csv", "\"Time Stamp\",\"Capitl\",\"NYISO\"\n\"11/22/2026 00:00\",1492,18054\n\"11/22/2026 13:00\",1500,19000\n");

        var page = await PageAsync(Forecast, Utc(2026, 11, 22, 16));

        Assert.Equal(
            [
                new(FundamentalKind.LoadForecast, Utc(2026, 11, 22, 5), 60, 18_054, Utc(2026, 11, 21, 13)),
                new(FundamentalKind.LoadForecast, Utc(2026, 11, 22, 18), 60, 19_000, Utc(2026, 11, 21, 13)),
            ],
            page.Fundamentals);
        Assert.Equal(Utc(2026, 11, 22, 17, 27), page.Cursor);
    }

    [Fact]
    public async Task Forecast_TomorrowsFile_IsReadWhenItComesAndNothingTwice()
    {
        const string header = "Time Stamp,NYISO\n";
        Market.On("/csv/isolf/20261122isolf.csv", request => Tagged(request, header + "11/22/2026 00:00,1\n"));
        var feed = Feed(Forecast);
        Assert.Single(await ReadAsync(feed));

        Market.On("/csv/isolf/20261123isolf.csv", request => Tagged(request, header + "11/23/2026 00:00,2\n"));
        Assert.Equal(2, Assert.Single(Assert.Single(await ReadAsync(feed)).Fundamentals).Value);
        Assert.Empty(await ReadAsync(feed));
    }

    private static MarketServer.Reply Tagged(Microsoft.AspNetCore.Http.HttpRequest request, string csv) => request.Headers.IfNoneMatch == "\"1\""
        ? MarketServer.Reply.Text("", 304)
        : MarketServer.Reply.Text(csv) with { Headers = new() { ["ETag"] = "\"1\"" } };

    [Fact]
    public async Task Forecast_FallAndSpringDays_Have25And23Hours()
    {
        var fall = Enumerable.Range(0, 24).Select(hour => $"11/01/2026 {hour:00}:00,{hour}\n").ToList();
        fall.Insert(2, "11/01/2026 01:00,1\n");
        var spring = Enumerable.Range(0, 24).Where(hour => hour != 2).Select(hour => $"03/08/2026 {hour:00}:00,{hour}\n");
        Market.On("/csv/isolf/20261101isolf_csv.zip", Zip("20261101isolf.csv", "Time Stamp,NYISO\n" + string.Concat(fall)))
            .On("/csv/isolf/20260301isolf_csv.zip", Zip("20260308isolf.csv", "Time Stamp,NYISO\n" + string.Concat(spring)));

        var longDay = await PageAsync(Forecast, Utc(2026, 11, 1, 4), Utc(2026, 11, 2, 5));
        var shortDay = await PageAsync(Forecast, Utc(2026, 3, 8, 5), Utc(2026, 3, 9, 4));

        Assert.Equal(Enumerable.Range(0, 25).Select(hour => Utc(2026, 11, 1, 4).AddHours(hour)), longDay.Fundamentals.Select(value => value.Start));
        Assert.Equal(Enumerable.Range(0, 23).Select(hour => Utc(2026, 3, 8, 5).AddHours(hour)), shortDay.Fundamentals.Select(value => value.Start));
        Assert.Equal(0, longDay.RowsRejected + shortDay.RowsRejected);
    }

    [Fact]
    public async Task Mix_IsTheShareOfWhatIsRenewableUpToItsStamp()
    {
        Market.On("/csv/rtfuelmix/20261122rtfuelmix.csv", MixHeader + Fuels("11/22/2026 12:20:00", "EST", 600, 250, 100, 50) + "11/22/2026 12:20:00,EST,Energy Storage,-80\n");

        var page = await PageAsync(Mix, Utc(2026, 11, 22, 17));

        Assert.Equal([new(FundamentalKind.RenewableShare, Utc(2026, 11, 22, 17, 15), 5, 40, Utc(2026, 11, 22, 17, 25))], page.Fundamentals);
    }

    [Fact]
    public async Task Mix_FallAndSpringDays_EndTheirIntervalsRight()
    {
        Market.On("/csv/rtfuelmix/20261101rtfuelmix_csv.zip", Zip("20261101rtfuelmix.csv", MixHeader
                + Fuels("11/01/2026 01:00:00", "EDT", 3, 1, 0, 0) + Fuels("11/01/2026 01:00:00", "EST", 1, 1, 0, 0) + Fuels("11/02/2026 00:00:00", "EST", 0, 1, 0, 0)))
            .On("/csv/rtfuelmix/20260301rtfuelmix_csv.zip", Zip("20260308rtfuelmix.csv", MixHeader
                + Fuels("03/08/2026 03:00:00", "EDT", 3, 1, 0, 0)));

        var fall = await PageAsync(Mix, Utc(2026, 11, 1, 4), Utc(2026, 11, 2, 5));
        var spring = await PageAsync(Mix, Utc(2026, 3, 8, 5), Utc(2026, 3, 9, 4));

        Assert.Equal(
            [(Utc(2026, 11, 1, 4, 55), 25.0), (Utc(2026, 11, 1, 5, 55), 50.0), (Utc(2026, 11, 2, 4, 55), 100.0)],
            fall.Fundamentals.Select(value => (value.Start, value.Value)));
        Assert.Equal(Utc(2026, 3, 8, 6, 55), Assert.Single(spring.Fundamentals).Start);
    }

    [Fact]
    public async Task Mix_WithoutAFuel_IsNoShare()
    {
        Market.On("/csv/rtfuelmix/20261122rtfuelmix.csv", MixHeader + "11/22/2026 12:15:00,EST,Hydro,250\n" + Fuels("11/22/2026 12:20:00", "EST", 600, 250, 100, 50));

        var page = await PageAsync(Mix, Utc(2026, 11, 22, 17));

        Assert.Equal(Utc(2026, 11, 22, 17, 15), Assert.Single(page.Fundamentals).Start);
        Assert.Equal(Mix + ": 1 intervals are left out, for a fuel is missing or nothing generates", page.Warning);
    }

    [Theory]
    [InlineData(Load, "/csv/pal/20261122pal.csv", "Time Stamp,PTID\n", "column Load is missing")]
    [InlineData(Forecast, "/csv/isolf/20261122isolf.csv", "Time Stamp,Capitl\n", "column NYISO is missing")]
    [InlineData(Mix, "/csv/rtfuelmix/20261122rtfuelmix.csv", "Time Stamp,Time Zone,Gen MW\n", "column Fuel Category is missing")]
    [InlineData(Load, "/csv/pal/20261122pal.csv", "<html>no</html>", "a web page instead of data")]
    [InlineData(Forecast, "/csv/isolf/20261122isolf.csv", "", "an empty body")]
    [InlineData(Mix, "/csv/rtfuelmix/20261122rtfuelmix.csv", "PK\u0003\u0004", "the zip is truncated or damaged")]
    public async Task FetchAsync_WhatCannotBeRead_IsAClearError(string feed, string path, string body, string problem)
    {
        Market.On(path, body);

        Assert.Contains(problem, await ProblemAsync(Feed(feed)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_BadRows_HarmOnlyThemselves()
    {
        Market.On("/csv/pal/20261122pal.csv", LoadHeader + Zones("11/22/2026 12:15:00", "EST", 2)
            + "noon,EST,A,1,5\n\"11/22/2026 12:20:00\",\"XYZ\",A,1,5\n\"11/22/2026 12:20:00\",EST,A,1,\n\"11/22/2062 12:20:00\",EST,A,1,5\nshort\n");

        var page = await PageAsync(Load, Utc(2026, 11, 22, 17));

        Assert.Equal((22.0, 16, 5), (Assert.Single(page.Fundamentals).Value, page.RowsRead, page.RowsRejected));
    }
}
