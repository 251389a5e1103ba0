using System.Globalization;
using System.Text;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Nyiso;

public sealed class NyisoPriceFeedTests : MarketTest
{
    private const string RealTime = "nyiso:realtime_zone";
    private const string Generators = "nyiso:realtime_gen";
    private const string Hourly = "nyiso:rtlbmp_zone";
    private const string DayAhead = "nyiso:damlbmp_zone";
    private const string Today = "/csv/realtime/20261122realtime_zone.csv";
    private const string Newest = "/realtime/realtime_zone_lbmp.csv";
    private const string Header = """
        "Time Stamp","Name","PTID","LBMP ($/MWHr)","Marginal Cost Losses ($/MWHr)","Marginal Cost Congestion ($/MWHr)"
        """;

    protected override MarketZone Zone => MarketZone.NYISO;

    private static string Csv(params string[] rows) => Header + "\r\n" + string.Join("\r\n", rows) + "\r\n";

    private static byte[] Bytes(string csv) => Encoding.UTF8.GetBytes(csv);

    /// <summary>Rows of one place, its prices counting up from 1.</summary>
    private static string Series(string ptid, params string[] stamps) =>
        Csv([.. stamps.Select((stamp, i) => Row(stamp, (i + 1).ToString(CultureInfo.InvariantCulture), ptid))]);

    private static string Row(string stamp, string price = "30", string ptid = "61757", string name = "CAPITL", string loss = "1", string congestion = "0") =>
        $"\"{stamp}\",\"{name}\",{ptid},{price},{loss},{congestion}";

    private async Task<(DateTimeOffset Start, double Price)[]> IntervalsAsync(string feed, FeedRange range) =>
        [.. (await ReadAsync(Feed(feed), range)).SelectMany(page => page.Ticks).Select(tick => (tick.Timestamp, tick.Price))];

    [Fact]
    public async Task FetchAsync_Row_TakesTimeComponentsAndLocation()
    {
        Market.On(Today, Csv(Row("11/22/2026 12:20:00", "41.50", loss: "2.25", congestion: "-9.75")));

        var page = Assert.Single(await ReadAsync(Feed(RealTime)));

        var tick = Assert.Single(page.Ticks);
        Assert.Equal((Utc(2026, 11, 22, 17, 15), "61757", PriceType.RealTime5Min, (short)5), (tick.Timestamp, tick.Location, tick.PriceType, tick.IntervalMinutes));
        Assert.Equal((41.5, 29.5, 9.75, 2.25), (tick.Price, tick.EnergyCost, tick.CongestionCost, tick.LossCost));
        Assert.Equal((RealTime, Utc(2026, 11, 22, 17, 16)), (tick.Source, tick.PublishedAt));
        Assert.Equal(new MarketLocation(new LocationId(MarketZone.NYISO, "61757"), "CAPITL", LocationType.Zone), Assert.Single(page.Locations));
        Assert.Equal((1, 0, Utc(2026, 11, 22, 17, 20), null), (page.RowsRead, page.RowsRejected, page.Cursor, page.Warning));
    }

    [Fact]
    public async Task FetchAsync_NoCongestion_IsZeroAndNotMinusZero()
    {
        Market.On(Today, Csv(Row("11/22/2026 12:20:00", congestion: "0.00")));

        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(Assert.Single(await TicksAsync(Feed(RealTime))).CongestionCost!.Value));
    }

    [Fact]
    public async Task FetchAsync_PlacesOfBothFiles_HaveTheirTypes()
    {
        Market.On(Today, Csv(Row("11/22/2026 12:20:00"), Row("11/22/2026 12:20:00", ptid: "61844", name: "H Q"), Row("11/22/2026 12:20:00", ptid: "61847", name: "PJM")))
            .On("/csv/realtime/20261122realtime_gen.csv", Csv(
                Row("11/22/2026 12:20:00", ptid: "24008", name: "NYISO_LBMP_REFERENCE"),
                Row("11/22/2026 12:20:00", ptid: "23512", name: "59TH STREET_GT_1"),
                Row("11/22/2026 12:20:00", ptid: "24065", name: "PJM_GEN_KEYSTONE")));

        var zones = Assert.Single(await ReadAsync(Feed(RealTime)));
        var generators = Assert.Single(await ReadAsync(Feed(Generators)));

        Assert.Equal([LocationType.Zone, LocationType.Interface, LocationType.Interface], zones.Locations.Select(place => place.Type));
        Assert.Equal([LocationType.Bus, LocationType.Gen, LocationType.Interface], generators.Locations.Select(place => place.Type));
        Assert.Equal("59TH STREET_GT_1", generators.Locations.ElementAt(1).Name);
    }

    [Fact]
    public async Task FetchAsync_MidnightLabel_BelongsToTheDayBefore()
    {
        Market.On("/csv/realtime/20261121realtime_zone.csv", Series("61757", "11/21/2026 23:55:00", "11/22/2026 00:00:00"));

        var range = new FeedRange(Utc(2026, 11, 21, 5), Utc(2026, 11, 22, 5));
        Assert.Equal([(Utc(2026, 11, 22, 4, 50), 1.0), (Utc(2026, 11, 22, 4, 55), 2.0)], await IntervalsAsync(RealTime, range));
        Assert.Equal("/csv/realtime/20261121realtime_zone.csv", Assert.Single(Market.Requests).Path);
    }

    [Fact]
    public async Task FetchAsync_RealTimeFallDay_FollowsTheOrderOfEachPlace()
    {
        // 25 hours: 300 intervals. The label 01:00 is the end of both 00:55 EDT and 01:55 EDT.
        var stamps = Enumerable.Range(1, 300).Select(i => Utc(2026, 11, 1, 4).AddMinutes(5 * i))
            .Select(end => end.AddHours(end <= Utc(2026, 11, 1, 5, 55) ? -4 : -5).ToString("MM/dd/yyyy HH:mm:ss", CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(2, stamps.Count(stamp => stamp == "11/01/2026 01:00:00"));
        Market.On("/csv/realtime/20261101realtime_zone_csv.zip", Zip("20261101realtime_zone.csv", Csv([.. stamps.SelectMany(stamp => new[] { Row(stamp), Row(stamp, ptid: "61752") })])));

        var ticks = (await ReadAsync(Feed(RealTime), new FeedRange(Utc(2026, 11, 1, 4), Utc(2026, 11, 2, 5)))).SelectMany(page => page.Ticks).ToArray();

        foreach (var place in ticks.GroupBy(tick => tick.Location))
            Assert.Equal(Enumerable.Range(0, 300).Select(i => Utc(2026, 11, 1, 4).AddMinutes(5 * i)), place.Select(tick => tick.Timestamp));
        Assert.Equal(600, ticks.Length);
    }

    [Theory]
    [InlineData(Hourly, "rtlbmp/20261101rtlbmp_zone_csv.zip", "20261101rtlbmp_zone.csv")]
    [InlineData(DayAhead, "damlbmp/20261101damlbmp_zone_csv.zip", "20261101damlbmp_zone.csv")]
    public async Task FetchAsync_HourlyFallDay_Has25HoursAndTheSecondOfEqualLabelsIsStandardTime(string feed, string archive, string member)
    {
        var labels = Enumerable.Range(0, 24).Select(hour => $"11/01/2026 {hour:00}:00").ToList();
        labels.Insert(2, "11/01/2026 01:00");
        Market.On("/csv/" + archive, Zip(member, Series("61757", [.. labels])));

        var intervals = await IntervalsAsync(feed, new(Utc(2026, 11, 1, 4), Utc(2026, 11, 2, 5)));

        Assert.Equal(Enumerable.Range(0, 25).Select(hour => (Utc(2026, 11, 1, 4).AddHours(hour), hour + 1.0)), intervals);
    }

    [Theory]
    [InlineData(RealTime, "realtime/20260301realtime_zone_csv.zip", "20260308realtime_zone.csv", "03/08/2026 01:55:00", "03/08/2026 03:00:00", "03/08/2026 03:05:00", 6, 50, 6, 55, 7, 0)]
    [InlineData(Hourly, "rtlbmp/20260301rtlbmp_zone_csv.zip", "20260308rtlbmp_zone.csv", "03/08/2026 01:00", "03/08/2026 03:00", "03/08/2026 04:00", 6, 0, 7, 0, 8, 0)]
    [InlineData(DayAhead, "damlbmp/20260301damlbmp_zone_csv.zip", "20260308damlbmp_zone.csv", "03/08/2026 01:00", "03/08/2026 03:00", "03/08/2026 04:00", 6, 0, 7, 0, 8, 0)]
    public async Task FetchAsync_SpringDay_GoesOnWithoutAGap(
        string feed, string archive, string member, string one, string two, string three, int hour1, int minute1, int hour2, int minute2, int hour3, int minute3)
    {
        Market.On("/csv/" + archive, Zip(member, Series("61757", one, "03/08/2026 02:30:00", two, three)));

        var pages = await ReadAsync(Feed(feed), new FeedRange(Utc(2026, 3, 8, 5), Utc(2026, 3, 9, 4)));

        Assert.Equal(
            [(Utc(2026, 3, 8, hour1, minute1), 1.0), (Utc(2026, 3, 8, hour2, minute2), 3.0), (Utc(2026, 3, 8, hour3, minute3), 4.0)],
            pages.SelectMany(page => page.Ticks).Select(tick => (tick.Timestamp, tick.Price)));
        Assert.Equal("Time Stamp is a time the day does not have", Assert.Single(Assert.Single(pages).Rejections).Key);
    }

    [Fact]
    public async Task FetchAsync_RunOutOfTurn_StandsForItsFiveMinutesUntilTheirOwnRunComes()
    {
        Market.On(Today, Series("61757", "11/22/2026 12:19:10", "11/22/2026 12:20:00", "11/22/2026 12:24:18"));

        Assert.Equal([(Utc(2026, 11, 22, 17, 15), 2.0), (Utc(2026, 11, 22, 17, 20), 3.0)], await IntervalsAsync(RealTime, new(Utc(2026, 11, 22, 17))));
    }

    [Fact]
    public async Task FetchAsync_WhatCommitmentForesees_IsNoPrice()
    {
        // The newest run is for 12:25 to 12:30; the day's file still has what commitment had foreseen for then, and for later.
        Market.On(Newest, Csv(Row("11/22/2026 12:30:00", "31")))
            .On(Today, Csv(Row("11/22/2026 12:25:00", "30"), Row("11/22/2026 12:30:00", "99"), Row("11/22/2026 12:45:00", "98"), Row("11/22/2026 14:45:00", "97")));

        var pages = await ReadAsync(Feed(RealTime));

        Assert.Equal(
            [(Utc(2026, 11, 22, 17, 20), 30.0), (Utc(2026, 11, 22, 17, 25), 31.0)],
            pages.SelectMany(page => page.Ticks).Select(tick => (tick.Timestamp, tick.Price)));
        Assert.Equal((Utc(2026, 11, 22, 17, 30), 0), (pages[^1].Cursor, pages.Sum(page => page.RowsRejected)));
    }

    [Fact]
    public async Task FetchAsync_ForecastsLeftOut_HaveTheFileSentAgain()
    {
        var rows = new List<string> { Row("11/22/2026 12:25:00", "30"), Row("11/22/2026 12:35:00", "32") };
        Market.On(Today, request => request.Headers.IfModifiedSince.Count > 0 ? MarketServer.Reply.Text("", 304) : Dated(Csv([.. rows])));
        var feed = Feed(RealTime);

        Assert.Equal(30, Assert.Single(await TicksAsync(feed)).Price);
        Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal([30.0, 32.0], (await TicksAsync(feed)).Select(tick => tick.Price));
        Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Empty(await TicksAsync(feed));
    }

    private static MarketServer.Reply Dated(string csv) =>
        MarketServer.Reply.Text(csv) with { Headers = new() { ["Last-Modified"] = "Sun, 22 Nov 2026 17:25:30 GMT" } };

    [Fact]
    public async Task FetchAsync_FileWithoutRows_IsSentAgain()
    {
        var rows = new List<string>();
        Market.On(Today, request => request.Headers.IfModifiedSince.Count > 0 ? MarketServer.Reply.Text("", 304) : Dated(Csv([.. rows])));
        var feed = Feed(RealTime);

        Assert.Empty(await TicksAsync(feed));
        rows.Add(Row("11/22/2026 12:25:00"));
        Assert.Single(await TicksAsync(feed));
    }

    [Fact]
    public async Task FetchAsync_FileThatHasNotChanged_IsNotSentAgainOnceItIsPublished()
    {
        Market.On(Today, request => request.Headers.IfModifiedSince == "Sun, 22 Nov 2026 17:25:30 GMT" ? MarketServer.Reply.Text("", 304) : Dated(Csv(Row("11/22/2026 12:25:00"))));
        var feed = Feed(RealTime);

        // Given up before it was published, so it must come again.
        await foreach (var page in feed.FetchAsync(new FeedRange(Utc(2026, 11, 22, 17)), Cancel)) break;

        Assert.Single(await TicksAsync(feed));
        Assert.Empty(await TicksAsync(feed));
        Assert.Single(await ReadAsync(feed, new FeedRange(Utc(2026, 11, 22, 17), Utc(2026, 11, 22, 18))));
    }

    [Fact]
    public async Task FetchAsync_FileRewrittenInPlace_GivesTheCorrectedRowTheSameTimeOfPublication()
    {
        Market.On(Today, Csv(Row("11/22/2026 12:20:00", "30")));
        var feed = Feed(RealTime);
        var before = Assert.Single(await TicksAsync(feed));

        Market.On(Today, Csv(Row("11/22/2026 12:20:00", "35")));
        var after = Assert.Single(await TicksAsync(feed));

        // Only the value differs, so the poller publishes it again, and it follows the first in the log: a revision.
        Assert.Equal(before with { Price = 35, EnergyCost = 34 }, after);
    }

    [Fact]
    public async Task FetchAsync_FirstMinutesOfADay_ReadTheNewestRunAndMissNoFile()
    {
        Clock.SetUtcNow(Utc(2026, 11, 23, 5, 2));
        Market.On(Today, Csv(Row("11/23/2026 00:00:00", "30"))).On(Newest, Csv(Row("11/23/2026 00:05:00", "31")));

        var pages = await ReadAsync(Feed(RealTime), new FeedRange(Utc(2026, 11, 23, 5)));

        Assert.Equal(
            [(Utc(2026, 11, 23, 4, 55), 30.0), (Utc(2026, 11, 23, 5), 31.0)],
            pages.SelectMany(page => page.Ticks).Select(tick => (tick.Timestamp, tick.Price)));
        Assert.All(pages, page => Assert.Null(page.Warning));
    }

    [Fact]
    public async Task FetchAsync_NewestRunInTheRepeatedHour_IsTheLaterUnlessThatIsToCome()
    {
        Market.On("/csv/realtime/20271107realtime_zone.csv", Csv()).On(Newest, Csv(Row("11/07/2027 01:30:00")));
        Clock.SetUtcNow(Utc(2027, 11, 7, 5, 26));
        Assert.Equal(Utc(2027, 11, 7, 5, 25), Assert.Single(await TicksAsync(Feed(RealTime))).Timestamp);

        Clock.SetUtcNow(Utc(2027, 11, 7, 6, 26));
        Assert.Equal(Utc(2027, 11, 7, 6, 25), Assert.Single(await TicksAsync(Feed(RealTime))).Timestamp);
    }

    [Theory]
    [InlineData("<html>Service Unavailable</html>")]
    [InlineData("")]
    [InlineData("Time Stamp,Name\n")]
    public async Task FetchAsync_NewestRunThatCannotBeRead_IsToldAndTheDayIsRead(string body)
    {
        Market.On(Newest, body).On(Today, Csv(Row("11/22/2026 12:25:00")));

        var pages = await ReadAsync(Feed(RealTime));

        Assert.Single(pages.SelectMany(page => page.Ticks));
        Assert.EndsWith(" (of the newest run; the day's file is read without it)", pages[^1].Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_DayAhead_ReadsTomorrowWhereItIsAndDoesNotMissIt()
    {
        var header = "Time Stamp,Name,PTID,LBMP ($/MWHr),Marginal Cost Losses ($/MWHr),Marginal Cost Congestion ($/MWHr)\n";
        Market.On("/csv/damlbmp/20261122damlbmp_zone.csv", header + "11/22/2026 00:00,CAPITL,61757,25.10,0.90,-0.20\n");
        var feed = Feed(DayAhead);
        Assert.Equal(Utc(2026, 11, 22, 6), Assert.Single(await ReadAsync(feed, new FeedRange(Utc(2026, 11, 22, 5)))).Cursor);

        Market.On("/csv/damlbmp/20261123damlbmp_zone.csv", header + "11/23/2026 00:00,CAPITL,61757,26.10,0.90,-0.20\n");
        var tick = (await TicksAsync(feed))[^1];

        Assert.Equal((Utc(2026, 11, 23, 5), PriceType.DayAheadHourly, Utc(2026, 11, 22, 16)), (tick.Timestamp, tick.PriceType, tick.PublishedAt));
        Assert.Equal((26.1, 25.0, 0.2, 0.9), (tick.Price, tick.EnergyCost, tick.CongestionCost, tick.LossCost));
    }

    [Fact]
    public async Task FetchAsync_HourlyMean_IsLabelledByItsStart()
    {
        Market.On("/csv/rtlbmp/20261122rtlbmp_zone.csv", Csv(Row("11/22/2026 11:00")));

        var tick = Assert.Single(await TicksAsync(Feed(Hourly)));

        Assert.Equal((Utc(2026, 11, 22, 16), PriceType.RealTimeHourly, (short)60), (tick.Timestamp, tick.PriceType, tick.IntervalMinutes));
    }

    [Fact]
    public async Task FetchAsync_ClosedRange_TakesTheDaysOutOfTheMonthAndNothingElse()
    {
        var archive = Zip(
            ("20260802realtime_zone.csv", Bytes(Series("61757", "08/02/2026 00:05:00", "08/02/2026 00:10:00"))),
            ("20260801realtime_zone.csv", Bytes(Series("61757", "08/01/2026 23:50:00", "08/01/2026 23:55:00", "08/02/2026 00:00:00"))),
            ("20260803realtime_zone.csv", Bytes("never opened")));
        Market.On("/csv/realtime/20260801realtime_zone_csv.zip", archive);

        // From 23:50 of the first to 00:05 of the second, Eastern.
        var intervals = await IntervalsAsync(RealTime, new(Utc(2026, 8, 2, 3, 50), Utc(2026, 8, 2, 4, 5)));

        Assert.Equal([(Utc(2026, 8, 2, 3, 50), 2.0), (Utc(2026, 8, 2, 3, 55), 3.0), (Utc(2026, 8, 2, 4), 1.0)], intervals.Order());
        Assert.Equal("/csv/realtime/20260801realtime_zone_csv.zip", Assert.Single(Market.Requests).Path);
    }

    [Fact]
    public async Task FetchAsync_RangeOverTwoMonths_AsksForBothAndTellsOfADayThatIsMissing()
    {
        Market.On("/csv/realtime/20260701realtime_zone_csv.zip", Zip(("20260731realtime_zone.csv", Bytes(Series("61757", "07/31/2026 12:00:00")))))
            .On("/csv/realtime/20260801realtime_zone_csv.zip", Zip(("20260802realtime_zone.csv", Bytes(Series("61757", "08/02/2026 12:00:00")))));

        var pages = await ReadAsync(Feed(RealTime), new FeedRange(Utc(2026, 7, 31, 4), Utc(2026, 8, 3, 4)));

        Assert.Equal([Utc(2026, 7, 31, 15, 55), Utc(2026, 8, 2, 15, 55)], pages.SelectMany(page => page.Ticks).Select(tick => tick.Timestamp));
        Assert.Equal([RealTime + ": NYISO has no file of 2026-08-01"], pages.Select(page => page.Warning).OfType<string>());
    }

    [Fact]
    public async Task FetchAsync_LongAbsence_ReadsTheArchiveThenTheDaysAndMovesTheCursorLast()
    {
        Market.On("/csv/rtlbmp/20261101rtlbmp_zone_csv.zip", Zip(
                ("20261113rtlbmp_zone.csv", Bytes(Series("61757", "11/13/2026 00:00"))),
                ("20261114rtlbmp_zone.csv", Bytes(Series("61757", "11/14/2026 00:00")))))
            .On("/csv/rtlbmp/20261115rtlbmp_zone.csv", Series("61757", "11/15/2026 00:00"));
        var from = Utc(2026, 11, 13, 12);

        var pages = await ReadAsync(Feed(Hourly), new FeedRange(from));

        Assert.Equal([13, 14, 15], pages.SelectMany(page => page.Ticks).Select(tick => tick.Timestamp.Day));
        Assert.Equal([from, from, Utc(2026, 11, 15, 6)], pages.Where(page => page.Ticks.Length > 0).Select(page => page.Cursor));
        Assert.Equal(Hourly + ": NYISO has no file of 2026-11-16 and 5 more days up to 2026-11-21", pages[^1].Warning);
    }

    [Fact]
    public async Task FetchAsync_BigFile_ComesInPagesOfWhichOnlyTheLastMovesTheCursor()
    {
        var from = Utc(2026, 11, 22, 16);
        var rows = from stamp in new[] { "12:05", "12:10", "12:15", "12:20" }
                   from place in Enumerable.Range(0, 4000)
                   select Row($"11/22/2026 {stamp}:00", ptid: $"{30_000 + place}", name: $"G{place}");
        Market.On("/csv/realtime/20261122realtime_gen.csv", Csv([.. rows]));

        var pages = await ReadAsync(Feed(Generators), new FeedRange(from));

        Assert.Equal([12_000, 4_000], pages.Select(page => page.Ticks.Length));
        Assert.Equal([from, Utc(2026, 11, 22, 17, 20)], pages.Select(page => page.Cursor));
    }

    [Theory]
    [InlineData("Time Stamp,Name,LBMP ($/MWHr)\n", "column PTID is missing; the header is: Time Stamp, Name, LBMP ($/MWHr)")]
    [InlineData("<html><body>Not here</body></html>", "the market answered with a web page instead of data: \"Not here\"")]
    [InlineData("", "the market answered with an empty body")]
    public async Task FetchAsync_WhatIsNoPriceFile_IsAClearError(string body, string problem)
    {
        Market.On(Today, body);

        Assert.Equal($"{RealTime}: {problem}", await ProblemAsync(Feed(RealTime)));
    }

    [Fact]
    public async Task FetchAsync_NoFileAtAll_IsAnErrorThatNamesTheKey()
    {
        Assert.Contains("HTTP 404: the market has no such feed", await ProblemAsync(Feed(RealTime)), StringComparison.Ordinal);
        Assert.Contains("check Connectors:NYISO:BaseUrl", await ProblemAsync(Feed(DayAhead)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_TruncatedArchive_IsAClearError()
    {
        var whole = Zip("20260801realtime_zone.csv", Series("61757", "08/01/2026 12:00:00"));
        Market.On("/csv/realtime/20260801realtime_zone_csv.zip", whole[..(whole.Length / 2)]);

        var error = await Assert.ThrowsAsync<MarketFeedException>(() => ReadAsync(Feed(RealTime), new FeedRange(Utc(2026, 8, 1, 4), Utc(2026, 8, 2, 4))));

        Assert.Contains("the zip is truncated or damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_BadRows_HarmOnlyThemselves()
    {
        Market.On(Today, Csv(
            Row("11/22/2026 12:05:00"), Row("noon"), Row("11/22/2026 12:10:00", ""), Row("11/22/2066 12:10:00"), Row("11/22/2026 12:10:00", ptid: ""),
            "\"11/22/2026 12:10:00\",\"CAPITL\"", Row("11/22/2026 12:15:00", congestion: "")));

        var page = Assert.Single(await ReadAsync(Feed(RealTime)));

        Assert.Equal([(30.0, 29.0), (30.0, null)], page.Ticks.Select(tick => (tick.Price, tick.EnergyCost)));
        Assert.Equal((7, 5), (page.RowsRead, page.RowsRejected));
        Assert.Equal(5, page.Rejections.Count);
    }

    [Fact]
    public async Task FetchAsync_OlderHeaderOrderAndExtraColumns_AreUnderstood()
    {
        Market.On(Today, "PTID,Time Stamp, Name ,Scarcity Flag,Marginal Cost Congestion ($/MWH,Marginal Cost Losses ($/MWHr),LBMP ($/MWHr)\n\"61757\",11/22/2026 12:20,CAPITL,,-1,2,\"30\"\n");

        var tick = Assert.Single(await TicksAsync(Feed(RealTime)));

        Assert.Equal(("61757", 30.0, 27.0, 1.0, 2.0), (tick.Location, tick.Price, tick.EnergyCost, tick.CongestionCost, tick.LossCost));
    }
}
