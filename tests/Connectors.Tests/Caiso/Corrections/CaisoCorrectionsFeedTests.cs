using System.Text;
using OptiBid.Connectors.Caiso.Corrections;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Caiso.Corrections;

public sealed class CaisoCorrectionsFeedTests : MarketTest
{
    private const string Summary = "TRADE_DATE,HOUR_ENDING,INTERVAL,MARKET,AFFECTED_AREA,CORRECTION_METHOD,CORRECTION_COUNT,ENERGY_TYPECODE,CORRECTION_REASON,REPORT_GENERATED";
    private const string Nothing = "2026-11-18,,,DAM,,,,,No records found for report.,2026-11-21 10:00:00";

    protected override MarketZone Zone => MarketZone.CAISO;

    private void Serve(params string[] rows) => Market
        .On("/GroupZip", request => request.Query["startdatetime"] == "20261118T08:00-0000"
            ? new MarketServer.Reply(Zip("a.csv", $"{Summary}\n{string.Join('\n', rows)}\n"))
            : new MarketServer.Reply(Zip("e.xml", "<m:OASISReport xmlns:m=\"urn:x\"><m:ERR_CODE>1000</m:ERR_CODE></m:OASISReport>")))
        .On("/SingleZip", request =>
        {
            var (start, minutes) = (DateTimeOffset.Parse("2026-11-18T17:00:00Z", null), request.Query["market_run_id"] == "DAM" ? 60 : 5);
            var lines = Enumerable.Range(0, 60 / minutes).Select(i => $"{start.AddMinutes(i * minutes):yyyy-MM-dd'T'HH:mm:ss}-00:00,{start.AddMinutes((i + 1) * minutes):yyyy-MM-dd'T'HH:mm:ss}-00:00,N,LMP,{i}");
            return new MarketServer.Reply(Zip("a.csv", $"INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,NODE,LMP_TYPE,MW\n{string.Join('\n', lines)}\n"));
        });

    private static async Task<PriceTick[]> TicksAsync(IMarketFeed feed, FeedRange range) =>
        [.. (await ReadAsync(feed, range)).SelectMany(page => page.Ticks)];

    [Fact]
    public async Task FetchAsync_CorrectedIntervals_AreReadAgainAndPublishedWhenTheyWereCorrected()
    {
        Serve(Nothing, "2026-11-18,10,3,RTD,ALL,SELECTIVE RECALCULATION,5,LMP,DATA INPUT FAILURE,2026-11-21 09:30:00", "2026-11-18,10,0,DAM,ALL,X,1,LMP,Y,2026-11-20 08:00:00");
        var feed = Feed("caiso:PRC_CORR_GRP");

        var ticks = await TicksAsync(feed, new(Utc(2026, 11, 17, 17)));

        Assert.Equal(
            [(PriceType.DayAheadHourly, Utc(2026, 11, 18, 17), Utc(2026, 11, 20, 16)), (PriceType.RealTime5Min, Utc(2026, 11, 18, 17, 10), Utc(2026, 11, 21, 17, 30))],
            ticks.OrderBy(tick => tick.Timestamp).Select(tick => (tick.PriceType, tick.Timestamp, tick.PublishedAt)));
        Assert.All(ticks, tick => Assert.Equal("caiso:PRC_CORR_GRP", tick.Source));
        Assert.Equal(2, Market.Requests.Count(request => request.Path == "/SingleZip"));

        Assert.Equal(17, Market.Requests.Count(request => request.Path == "/GroupZip"));

        // What has been told is not read again until it is corrected again.
        Assert.Empty(await TicksAsync(feed, new(Utc(2026, 11, 17, 17))));
        Serve("2026-11-18,10,3,RTD,ALL,X,5,LMP,Y,2026-11-22 09:00:00");
        Assert.Equal(Utc(2026, 11, 22, 17), Assert.Single(await TicksAsync(feed, new(Utc(2026, 11, 17, 17)))).PublishedAt);
    }

    [Fact]
    public async Task FetchAsync_ClosedRange_HoldsNothingBesides()
    {
        Serve("2026-11-18,10,3,RTD,ALL,X,5,LMP,Y,2026-11-21 09:30:00", "2026-11-18,10,4,RTD,ALL,X,5,LMP,Y,2026-11-21 09:30:00");

        var ticks = await TicksAsync(Feed("caiso:PRC_CORR_GRP"), new FeedRange(Utc(2026, 11, 18, 17, 15), Utc(2026, 11, 18, 18)));

        Assert.Equal(Utc(2026, 11, 18, 17, 15), Assert.Single(ticks).Timestamp);
    }

    [Fact]
    public async Task FetchAsync_OneSummaryNoUse_HidesNoOther()
    {
        Serve("2026-11-18,10,3,RTD,ALL,X,5,LMP,Y,2026-11-21 09:30:00");
        var isBroken = true;
        var feed = Feed("caiso:PRC_CORR_GRP");
        Market.On("/GroupZip", request => request.Query["startdatetime"] == "20261118T08:00-0000"
            ? new MarketServer.Reply(Zip("a.csv", $"{Summary}\n2026-11-18,10,3,RTD,ALL,X,5,LMP,Y,2026-11-21 09:30:00\n"))
            : new MarketServer.Reply(isBroken ? "PK no"u8.ToArray() : Zip("a.csv", Summary + "\n")));

        var warnings = new List<string?>();
        var ticks = 0;
        await foreach (var page in feed.FetchAsync(new(Utc(2026, 11, 17, 17)), Cancel))
        {
            warnings.Add(page.Warning);
            ticks += page.Ticks.Length;
        }

        Assert.Equal(1, ticks);
        Assert.Contains(warnings, warning => warning?.Contains("damaged", StringComparison.Ordinal) == true);
        isBroken = false;
        Assert.Empty(await TicksAsync(feed, new(Utc(2026, 11, 17, 17))));
    }

    [Fact]
    public void Rows_AutumnDay_Hour25IsTheRepeatedOne()
    {
        var rows = Rows("2026-11-01,2,1,RTD,,,,,x,2026-11-05 10:00:00", "2026-11-01,25,1,RTD,,,,,x,2026-11-05 10:00:00", "2026-11-01,3,,FMM,,,,,x,2026-11-05 10:00:00");

        Assert.Equal(
            [Utc(2026, 11, 1, 8), Utc(2026, 11, 1, 9), Utc(2026, 11, 1, 10), Utc(2026, 11, 1, 10, 15), Utc(2026, 11, 1, 10, 30), Utc(2026, 11, 1, 10, 45)],
            rows.Corrections.Select(correction => correction.Start).Order());
    }

    [Theory]
    [InlineData("2026-11-01,9,13,RTD,,,,,x,2026-11-05 10:00:00", "INTERVAL")]
    [InlineData("2026-03-08,3,1,RTD,,,,,x,2026-03-12 10:00:00", "no hour of the market")]
    [InlineData("2026-11-01,9,1,RTD,,,,,x,soon", "REPORT_GENERATED is no time")]
    [InlineData("2026-11-01,9,1,RTD,,,,,x,2026-10-31 10:00:00", "before the price was published")]
    public void Rows_ThatCannotBe_AreRefused(string row, string expected)
    {
        var rows = Rows(row);

        Assert.Empty(rows.Corrections);
        Assert.Contains(expected, Assert.Single(rows.Rejections).Key, StringComparison.Ordinal);
    }

    private CorrectionRows Rows(params string[] lines)
    {
        var rows = new CorrectionRows("caiso:test", Clock.GetUtcNow());
        rows.Add(new MemoryStream(Encoding.UTF8.GetBytes($"{Summary}\n{string.Join('\n', lines)}\n")));
        return rows;
    }
}
