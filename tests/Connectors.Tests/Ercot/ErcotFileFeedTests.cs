using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Ercot;

public sealed class ErcotFileFeedTests : MarketTest
{
    private const string Settlement = "ercot:np6-905-cd";
    private const string Dispatch = "ercot:np6-788-cd";
    private const string List = "/misapp/servlets/IceDocListJsonWS";
    private const string File = "/misdownload/servlets/mirDownload";
    private const string Header = "DeliveryDate,DeliveryHour,DeliveryInterval,SettlementPointName,SettlementPointType,SettlementPointPrice,DSTFlag   ";

    protected override MarketZone Zone => MarketZone.ERCOT;

    private static string Document(string id, string published, string name = "SPP_csv") =>
        $$$"""{"Document":{"DocID":"{{{id}}}","PublishDate":"{{{published}}}","FriendlyName":"{{{name}}}"}}""";

    private static string Documents(params string[] documents) =>
        $$$"""{"ListDocsByRptTypeRes":{"DocumentList":[{{{string.Join(',', documents)}}}]}}""";

    private void Serve(string csv) => Market.On(List, Documents(Document("7", "2026-11-22T11:17:00-06:00"))).On(File, Zip("x.csv", csv));

    [Fact]
    public async Task FetchAsync_QuarterHourFile_TakesTimePublicationAndLocation()
    {
        Serve(Header + "\n11/22/2026,11,2,HB_NORTH,HU,31.07,N\n11/22/2026,11,2,LZ_HOUSTON,LZ,20.5,N\n11/22/2026,11,2,LZ_HOUSTON,LZEW,21.5,N\n");

        var page = Assert.Single(await ReadAsync(Feed(Settlement)));

        Assert.Equal(["HB_NORTH", "LZ_HOUSTON", "LZ_HOUSTON:LZEW"], page.Ticks.Select(tick => tick.Location));
        Assert.All(page.Ticks, tick => Assert.Equal(
            (Utc(2026, 11, 22, 16, 15), (short)15, PriceType.RealTime15Min, Utc(2026, 11, 22, 17, 17)),
            (tick.Timestamp, tick.IntervalMinutes, tick.PriceType, tick.PublishedAt)));
        Assert.Equal([31.07, 20.5, 21.5], page.Ticks.Select(tick => tick.Price));
        Assert.Equal([LocationType.Hub, LocationType.Zone, LocationType.Zone], page.Locations.Select(location => location.Type));
        Assert.Equal(["HB_NORTH", "LZ_HOUSTON", "LZ_HOUSTON"], page.Locations.Select(location => location.Name));
    }

    [Fact]
    public async Task FetchAsync_RepeatedHour_FollowsTheFlag()
    {
        Serve(Header + "\n11/01/2026,2,1,A,RN,2,Y\n11/01/2026,2,1,A,RN,1,N\n03/08/2026,3,1,A,RN,9,N\n11/01/2026,2,5,A,RN,9,N\n11/01/2026,2,1,A,RN,9,?\n");

        var page = Assert.Single(await ReadAsync(Feed(Settlement)));

        Assert.Equal([(Utc(2026, 11, 1, 6), 1.0), (Utc(2026, 11, 1, 7), 2.0)], page.Ticks.Select(tick => (tick.Timestamp, tick.Price)));
        Assert.Equal((5, 3), (page.RowsRead, page.RowsRejected));
    }

    [Fact]
    public async Task FetchAsync_DispatchRun_IsRoundedToItsFiveMinutes()
    {
        Serve("SCEDTimestamp,RepeatedHourFlag,SettlementPoint,LMP\n11/22/2026 11:20:12,N,HB_NORTH,30.5\n11/22/2026 11:24:51,N,HB_NORTH,31.5\n");

        var ticks = await TicksAsync(Feed(Dispatch));

        Assert.Equal([(Utc(2026, 11, 22, 17, 20), 30.5), (Utc(2026, 11, 22, 17, 25), 31.5)], ticks.Select(tick => (tick.Timestamp, tick.Price)));
        Assert.All(ticks, tick => Assert.Equal(PriceType.RealTime5Min, tick.PriceType));
        Assert.Equal("12300", Market.Requests.First().Query["reportTypeId"]);
    }

    [Fact]
    public async Task FetchAsync_BareCsv_IsReadToo()
    {
        Serve("");
        Market.On(File, Header + "\n11/22/2026,11,2,HB_NORTH,HU,31.07,N\n");

        Assert.Equal(31.07, Assert.Single(await TicksAsync(Feed(Settlement))).Price);
    }

    [Fact]
    public async Task FetchAsync_Files_AreReadOnceOldestFirstAndXmlTwinsNever()
    {
        Market.On(List, Documents(
                Document("3", "2026-11-22T11:20:00-06:00"),
                Document("9", "2026-11-22T11:20:00-06:00", "SPP_xml"),
                Document("2", "2026-11-22T11:05:00-06:00")))
            .On(File, request => new(Zip("x.csv", $"{Header}\n11/22/2026,11,{request.Query["doclookupId"]},A,RN,1,N\n")));
        var feed = Feed(Settlement);

        Assert.Equal([15, 30], (await TicksAsync(feed)).Select(tick => tick.Timestamp.Minute));
        Assert.Empty(await TicksAsync(feed));
        Assert.Equal(["2", "3"], Market.Requests.Where(asked => asked.Path == File).Select(asked => asked.Query["doclookupId"]));
    }

    private void ServeThree(Func<string, MarketServer.Reply> answer) => Market.On(List, Documents(
            Document("1", "2026-11-22T11:02:00-06:00", "SPP_1_csv"),
            Document("2", "2026-11-22T11:17:00-06:00", "SPP_2_csv"),
            Document("3", "2026-11-22T11:24:00-06:00", "SPP_3_csv")))
        .On(File, request => answer(request.Query["doclookupId"]!));

    private static MarketServer.Reply Good(string id) => new(Zip("x.csv", $"{Header}\n11/22/2026,11,{id},A,RN,1,N\n"));

    [Fact]
    public async Task FetchAsync_BadFileBeforeGoodOnes_IsToldAndTheyAreRead()
    {
        ServeThree(id => id == "1" ? MarketServer.Reply.Text("<html>sorry</html>") : Good(id));

        var pages = await ReadAsync(Feed(Settlement));

        Assert.Equal([15, 30], pages.SelectMany(page => page.Ticks).Select(tick => tick.Timestamp.Minute));
        Assert.Contains("1 of 3 files unreadable: SPP_1_csv: the market answered with a web page", pages[^1].Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_BadFile_IsTriedAgainAfterGrowingPausesAndThenGivenUpAndCounted()
    {
        ServeThree(id => id == "1" ? MarketServer.Reply.Text("DeliveryDate\n") : Good(id));
        var feed = Feed(Settlement);
        var (attempts, rejected) = (new List<int>(), 0);

        foreach (var minute in new[] { 0, 1, 2, 4, 5, 6, 20, 21, 22, 80, 81, 82, 300 })
        {
            Clock.SetUtcNow(Utc(2026, 11, 22, 17, 27).AddMinutes(minute));
            var before = Market.Requests.Count(asked => asked.Query.GetValueOrDefault("doclookupId") == "1");
            try
            {
                rejected += (await ReadAsync(feed, Utc(2026, 11, 22, 17))).Sum(page => page.RowsRejected);
            }
            catch (Connectors.Feeds.MarketFeedException)
            {
                // A poll whose only file is the bad one has failed.
            }

            if (Market.Requests.Count(asked => asked.Query.GetValueOrDefault("doclookupId") == "1") > before) attempts.Add(minute);
        }

        Assert.Equal([0, 1, 5, 21, 81], attempts);
        Assert.Equal(1, rejected);
        Assert.Contains("1 of 1 files unreadable: SPP_1_csv", (await ReadAsync(feed))[^1].Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_BadFileThatIsPutRight_IsReadThoughTheCursorHasPassedIt()
    {
        var isRight = false;
        ServeThree(id => id == "1" && !isRight ? MarketServer.Reply.Text("", 404) : Good(id));
        var feed = Feed(Settlement);
        await ReadAsync(feed);

        isRight = true;
        Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(0, Assert.Single(await TicksAsync(feed)).Timestamp.Minute);
        Assert.All(await ReadAsync(feed), page => Assert.Null(page.Warning));
    }

    [Fact]
    public async Task FetchAsync_NoFileCanBeHad_IsTheMarketsTroubleAndNoneIsGivenUp()
    {
        ServeThree(_ => MarketServer.Reply.Text("", 503));
        var feed = Feed(Settlement);

        for (var i = 0; i < 10; i++)
        {
            await ProblemAsync(feed);
            Clock.Advance(TimeSpan.FromHours(1));
        }

        ServeThree(Good);
        Assert.Equal([0, 15, 30], (await TicksAsync(feed)).Select(tick => tick.Timestamp.Minute));
    }

    [Fact]
    public async Task FetchAsync_FileWhosePageWasNotTaken_IsReadAgain()
    {
        Serve(Header + "\n11/22/2026,11,2,HB_NORTH,HU,31.07,N\n");
        var feed = Feed(Settlement);

        await foreach (var page in feed.FetchAsync(new FeedRange(Clock.GetUtcNow()), Cancel)) break;

        Assert.Single(await TicksAsync(feed));
    }

    [Fact]
    public async Task FetchAsync_OldFiles_AreLeftSaveForTheNewest()
    {
        Market.On(List, Documents([.. Enumerable.Range(10, 9).Select(day => Document($"{day}", $"2026-10-{day}T00:00:00-05:00"))]))
            .On(File, Zip("x.csv", Header + "\n"));

        await ReadAsync(Feed(Settlement));

        Assert.Equal(["15", "16", "17", "18"], Market.Requests.Where(asked => asked.Path == File).Select(asked => asked.Query["doclookupId"]));
    }

    [Theory]
    [InlineData("{}", "ListDocsByRptTypeRes is missing")]
    [InlineData("""{"ListDocsByRptTypeRes":{"DocumentList":[{"Document":{"DocID":"1"}}]}}""", "PublishDate")]
    [InlineData("<html>maintenance</html>", "maintenance")]
    public async Task FetchAsync_DocumentListThatIsNone_IsOneClearError(string body, string expected)
    {
        Market.On(List, body);

        Assert.Contains(expected, await ProblemAsync(Feed(Settlement)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_MissingColumn_IsNamed()
    {
        Serve("DeliveryDate,DeliveryHour\n1,2\n");

        Assert.Contains("column DeliveryInterval or", await ProblemAsync(Feed(Settlement)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "empty body")]
    [InlineData("<html>Incapsula</html>", "web page instead of data: \"Incapsula\"")]
    public async Task FetchAsync_FileThatIsNone_IsOneClearError(string body, string expected)
    {
        Serve("");
        Market.On(File, body);

        Assert.Contains(expected, await ProblemAsync(Feed(Settlement)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_WrongEncoding_IsOneClearError()
    {
        Serve("");
        Market.On(File, Zip("x.csv", System.Text.Encoding.Latin1.GetBytes(Header + "\n11/22/2026,11,2,CAÑON,RN,31.07,N\n")));

        Assert.Contains("UTF-8", await ProblemAsync(Feed(Settlement)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_ZipWithoutACsv_IsAnErrorThatNamesWhatItHolds()
    {
        Serve("");
        Market.On(File, Zip("error.html", "<html>sorry</html>"));

        Assert.Contains("only error.html", await ProblemAsync(Feed(Settlement)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_SpringDay_GoesFromTheSecondHourToTheFourthAndEndsWithHour24()
    {
        Clock.SetUtcNow(Utc(2027, 3, 15, 6));
        Serve(Header + "\n03/14/2027,2,4,A,RN,1,N\n03/14/2027,3,1,A,RN,9,N\n03/14/2027,4,1,A,RN,2,N\n03/14/2027,24,1,A,RN,3,N\n03/14/2027,24,4,A,RN,4,N\n03/14/2027,25,1,A,RN,9,N\n");

        var page = Assert.Single(await ReadAsync(Feed(Settlement)));

        Assert.Equal(
            [(Utc(2027, 3, 14, 7, 45), 1.0), (Utc(2027, 3, 14, 8), 2.0), (Utc(2027, 3, 15, 4), 3.0), (Utc(2027, 3, 15, 4, 45), 4.0)],
            page.Ticks.Select(tick => (tick.Timestamp, tick.Price)));
        Assert.Equal(2, page.RowsRejected);
    }

    [Theory]
    [InlineData("SPPHLZNP6905_20261101_0145_csv", "2026-11-01T01:47:00-05:00", 6)]
    [InlineData("SPPHLZNP6905_20261101_0145_xhr_csv", "2026-11-01T01:47:00-05:00", 7)]
    [InlineData("SPPHLZNP6905_20261101_0145_xhr_csv", "2026-11-01T01:47:00-06:00", 7)]
    [InlineData("SPPHLZNP6905_20261101_0145_csv", "2026-11-01T01:47:00", 6)]
    [InlineData("SPPHLZNP6905_20261101_0245_csv", "2026-11-01T02:47:00-06:00", 8)]
    public void ReadList_FileOfTheRepeatedHour_IsKnownByItsName(string name, string published, int hour)
    {
        var list = OptiBid.Connectors.Ercot.ErcotDocument.ReadList(Settlement, System.Text.Encoding.UTF8.GetBytes(Documents(Document("1", published, name))));

        Assert.Equal(Utc(2026, 11, 1, hour, 47), Assert.Single(list).PublishedAt);
    }

    [Fact]
    public async Task FetchAsync_DayAheadFile_HasItsHoursAndTheTimeItWasPosted()
    {
        Serve("DeliveryDate,HourEnding,SettlementPoint,SettlementPointPrice,DSTFlag  ,New\n11/23/2026,01:00,HB_NORTH, 23.94,N,\n11/23/2026,24:00,HB_NORTH,-1,N,\n");

        var page = Assert.Single(await ReadAsync(Feed("ercot:np4-190-cd")));

        Assert.Equal([(Utc(2026, 11, 23, 6), 23.94), (Utc(2026, 11, 24, 5), -1.0)], page.Ticks.Select(tick => (tick.Timestamp, tick.Price)));
        Assert.All(page.Ticks, tick => Assert.Equal((PriceType.DayAheadHourly, Utc(2026, 11, 22, 17, 17), "ercot:np4-190-cd"), (tick.PriceType, tick.PublishedAt, tick.Source)));
        Assert.Equal(("files", Utc(2026, 11, 24, 6)), (page.Source, page.Cursor));
        Assert.Equal("12331", Market.Requests.First().Query["reportTypeId"]);
    }

    [Theory]
    [InlineData("11:20:12", "11:22:10", "11:25:11")]
    [InlineData("11:25:11", "11:22:10", "11:20:12")]
    public async Task FetchAsync_ExtraDispatchRun_StandsForTheFiveMinutesItGovernsMostOfWhateverTheOrder(string first, string second, string third)
    {
        // 11:22:40 governs the smaller part of its five minutes, and the next have a run of their own.
        Serve("SCEDTimestamp,RepeatedHourFlag,SettlementPoint,LMP\n" + string.Concat(new[] { first, second, third, "11:22:40" }.Select(time =>
            $"11/22/2026 {time},N,A,{time[3..5]}.{time[6..]}\n")));

        var ticks = await TicksAsync(Feed(Dispatch));

        var standing = ticks.GroupBy(tick => tick.Timestamp).Select(runs => (runs.Key, runs.MaxBy(tick => tick.PublishedAt).Price));
        Assert.Equal([(Utc(2026, 11, 22, 17, 20), 22.10), (Utc(2026, 11, 22, 17, 25), 25.11)], standing);
        Assert.Equal([20.12, 22.10, 22.40, 25.11], ticks.Select(tick => tick.Price));
    }

    [Fact]
    public async Task FetchAsync_TruncatedZip_IsOneClearError()
    {
        Serve("");
        Market.On(File, Zip("x.csv", Header + "\n11/22/2026,11,2,HB_NORTH,HU,31.07,N\n")[..80]);

        Assert.Contains("truncated or damaged", await ProblemAsync(Feed(Settlement)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_ListThatHasNotChanged_IsNotSentAgainNorRead()
    {
        var list = Documents(Document("7", "2026-11-22T11:17:00-06:00"));
        Market.On(List, request => request.Headers.IfNoneMatch == "\"v1\""
                ? new([], 304)
                : MarketServer.Reply.Text(list) with { Headers = new() { ["ETag"] = "\"v1\"" } })
            .On(File, Zip("x.csv", Header + "\n11/22/2026,11,2,A,RN,1,N\n"));
        var feed = Feed(Settlement);

        // A page that was not published is none that has been read.
        await foreach (var page in feed.FetchAsync(new FeedRange(Clock.GetUtcNow()), Cancel)) break;
        Assert.Single(await TicksAsync(feed));
        Assert.DoesNotContain("If-None-Match", Market.Requests.Last(asked => asked.Path == List).Headers.Keys);

        var before = Market.Requests.Count;
        Assert.Empty(await ReadAsync(feed));
        Assert.Equal(before + 1, Market.Requests.Count);
    }

    [Fact]
    public async Task FetchAsync_ListWithAnUnreadableFile_IsAskedForWholeUntilItIsRead()
    {
        var isRight = false;
        ServeThree(id => id == "1" && !isRight ? MarketServer.Reply.Text("<html/>") : Good(id));
        var list = Documents(Document("1", "2026-11-22T11:02:00-06:00"), Document("2", "2026-11-22T11:17:00-06:00"));
        Market.On(List, request => request.Headers.IfNoneMatch.Count > 0 ? new([], 304) : MarketServer.Reply.Text(list) with { Headers = new() { ["ETag"] = "\"v1\"" } });
        var feed = Feed(Settlement);
        await ReadAsync(feed);

        isRight = true;
        Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Single(await TicksAsync(feed));
    }

    [Fact]
    public async Task FetchAsync_WebPageInPlaceOfAList_IsReadFromTheApiWhichSaysWhy()
    {
        Market.On(List, "<html>maintenance</html>").On("/np6-905-cd/spp_node_zone_hub",
            """{"fields":[{"name":"deliveryDate"},{"name":"deliveryHour"},{"name":"deliveryInterval"},{"name":"settlementPoint"},{"name":"settlementPointType"},{"name":"settlementPointPrice"},{"name":"DSTFlag"}],"data":[["2026-11-22",11,2,"A","RN",1.5,false]]}""");

        var page = Assert.Single(await ReadAsync(Feed(Settlement)));

        Assert.Equal((1.5, "api"), (Assert.Single(page.Ticks).Price, page.Source));
        Assert.Contains("maintenance\"; read from api instead of files", page.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_ClosedRangeWithoutCredentials_IsReadFromWhatTheListStillNames()
    {
        ServeThree(Good);
        var feed = Feed(Settlement, ("BaseUrl", ""), ("FilesBaseUrl", Market.Url));
        var pages = new List<FeedPage>();
        await foreach (var page in feed.FetchAsync(new FeedRange(Utc(2026, 11, 22, 16, 15), Utc(2026, 11, 22, 16, 30)), Cancel)) pages.Add(page);

        Assert.Equal(Utc(2026, 11, 22, 16, 15), Assert.Single(pages.SelectMany(page => page.Ticks)).Timestamp);
        Assert.All(pages, page => Assert.Equal("files", page.Source));
        Assert.Contains("wants a key and a user", pages[^1].Warning, StringComparison.Ordinal);

        var error = await Assert.ThrowsAsync<MarketFeedException>(async () =>
        {
            await foreach (var _ in feed.FetchAsync(new FeedRange(Utc(2026, 11, 1, 0), Utc(2026, 11, 2, 0)), Cancel)) Assert.Fail("there is nothing that old");
        });
        Assert.Contains("reach back to 2026-11-22", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_Corrections_CarryTheTimeTheyWereMadeAndTheirOwnFilesOnly()
    {
        Market.On(List, Documents(
                Document("1", "2026-11-22T11:00:00-06:00", "RTM_SPP_20261120_csv"),
                Document("2", "2026-11-22T11:00:00-06:00", "RTM_SPLMP_20261120_csv"),
                Document("3", "2026-11-22T11:00:00-06:00", "RTM_EBLMP_20261120_csv")))
            .On(File, request => new(Zip("x.csv", request.Query["doclookupId"] == "1"
                ? "DeliveryDate,DeliveryHour,DeliveryInterval,SettlementPointName,SettlementPointType,SPPOriginal,SPPCorrected,PriceCorrectionTime,DSTFlag\n11/20/2026,1,1,LZ_NORTH,LZEW,30,31.5,11/22/2026 10:06:42,N\n"
                : "SCEDTimestamp,DSTFlag,SettlementPoint,LMPOriginal,LMPCorrected,PriceCorrectionTime\n11/20/2026 00:02:05,N,A,7,8,11/22/2026 10:06:42\n11/20/2026 00:00:15,N,A,5,6,11/22/2026 10:06:42\n")));

        var page = Assert.Single(await ReadAsync(Feed("ercot:np4-197-m-spp")));
        var runs = await TicksAsync(Another("ercot:np4-197-m-splmp"));

        var tick = Assert.Single(page.Ticks);
        Assert.Equal((Utc(2026, 11, 20, 6), "LZ_NORTH:LZEW", 31.5, PriceType.RealTime15Min), (tick.Timestamp, tick.Location, tick.Price, tick.PriceType));
        Assert.Equal(0, (tick.PublishedAt - new DateTimeOffset(2026, 11, 22, 16, 6, 42, TimeSpan.Zero)).TotalSeconds, 1.0);
        Assert.Equal(Utc(2026, 11, 22, 17), page.Cursor);
        Assert.Equal([6.0, 8.0], runs.OrderBy(run => run.PublishedAt).Select(run => run.Price));
        Assert.All(runs, run => Assert.Equal(Utc(2026, 11, 20, 6), run.Timestamp));
        Assert.DoesNotContain(Market.Requests, asked => asked.Query.GetValueOrDefault("doclookupId") == "3");
    }

    [Fact]
    public async Task FetchAsync_DayAheadCorrection_IsLaterThanThePriceItReplaces()
    {
        Market.On(List, Documents(Document("1", "2026-11-22T11:00:00-06:00", "DAM_SPP_20261123_csv")))
            .On(File, Zip("x.csv", "DeliveryDate,HourEnding,SettlementPoint,SPPOriginal,SPPCorrected,PriceCorrectionTime,DSTFlag\n11/21/2026,24:00,HB_WEST,30,29,11/22/2026 09:00:00,N\n"));

        var tick = Assert.Single(await TicksAsync(Feed("ercot:np4-196-m-spp")));

        Assert.Equal((Utc(2026, 11, 22, 5), 29.0, PriceType.DayAheadHourly), (tick.Timestamp, tick.Price, tick.PriceType));
        Assert.True(tick.PublishedAt >= Utc(2026, 11, 22, 15));
        Assert.Equal("13044", Market.Requests.First().Query["reportTypeId"]);
    }

    [Fact]
    public async Task FetchAsync_ListOfAnotherReport_IsReadFromTheApi()
    {
        Serve(Header + "\n11/22/2026,11,2,A,RN,1,N\n");
        Market.On(List, Documents(Document("7", "2026-11-22T11:17:00-06:00").Replace("\"DocID\"", "\"ReportTypeID\":\"12301\",\"DocID\"", StringComparison.Ordinal)))
            .On("/np4-190-cd/dam_stlmnt_pnt_prices", """{"fields":["deliveryDate","hourEnding","settlementPoint","settlementPointPrice","DSTFlag"],"data":[["2026-11-22","01:00","A",2,"N"]]}""");

        var page = Assert.Single(await ReadAsync(Feed("ercot:np4-190-cd")));

        Assert.Equal(("api", 2.0), (page.Source, Assert.Single(page.Ticks).Price));
        Assert.Contains("names none of its files", page.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_QuarterHoursWhereHoursBelong_AreRefused()
    {
        Serve(Header + "\n11/22/2026,11,2,A,RN,1,N\n");

        Assert.Contains("prices of quarter hours", await ProblemAsync(Feed("ercot:np4-190-cd")), StringComparison.Ordinal);
    }
}
