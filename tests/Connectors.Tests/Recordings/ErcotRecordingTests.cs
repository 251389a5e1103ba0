using System.Globalization;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Recordings;

public sealed class ErcotRecordingTests : MarketTest
{
    private const string List = "/misapp/servlets/IceDocListJsonWS";
    private const string File = "/misdownload/servlets/mirDownload";

    protected override MarketZone Zone => MarketZone.ERCOT;

    [Fact]
    public async Task DayAhead_SpringDay_Has23ConsecutiveHours()
    {
        Market.On("/np4-190-cd/dam_stlmnt_pnt_prices", Recording.Read("ercot/np4-190-cd_dam_spp/dam_spp_dst_spring_2026-03-08.json"));

        var page = Assert.Single(await ReadAsync(Feed("ercot:np4-190-cd")));

        Assert.Equal((23, 0), (page.RowsRead, page.RowsRejected));
        Assert.Equal(Enumerable.Range(0, 23).Select(hour => Utc(2026, 3, 8, 6).AddHours(hour)), page.Ticks.Select(tick => tick.Timestamp));
        Assert.Equal([42.47, 36.24, 34.2], page.Ticks.Take(3).Select(tick => tick.Price));
        Assert.All(page.Ticks, tick => Assert.Equal("HB_HUBAVG", tick.Location));
    }

    [Fact]
    public async Task RealTime_File_HasItsQuarterHour()
    {
        var csv = Recording.Read("ercot/np6-905-cd_rt_spp/RECONSTRUCTED_spp_20261003_2245.csv");
        Market.On(List, """{"ListDocsByRptTypeRes":{"DocumentList":[{"Document":{"DocID":"1282210463","PublishDate":"2026-10-03T22:47:02-05:00","FriendlyName":"SPPHLZNP6905_20261003_2245_csv"}}]}}""")
            .On(File, Zip("spp.csv", csv));

        var page = Assert.Single(await ReadAsync(Feed("ercot:np6-905-cd")));

        Assert.Equal((15, 0, 15), (page.RowsRead, page.RowsRejected, page.Ticks.Length));
        Assert.All(page.Ticks, tick => Assert.Equal(1791085500, tick.Timestamp.AddMinutes(tick.IntervalMinutes).ToUnixTimeSeconds()));
        Assert.Equal(59.79, page.Ticks.Single(tick => tick.Location == "HB_BUSAVG").Price);
        Assert.Equal(DateTimeOffset.Parse("2026-10-04T03:47:02Z", CultureInfo.InvariantCulture), page.Ticks[0].PublishedAt);
        Assert.Equal(15, page.Ticks.Select(tick => tick.Location).Distinct().Count());
    }

    [Fact]
    public void DocumentList_RealOne_GivesItsCsvFilesOldestFirst()
    {
        var documents = OptiBid.Connectors.Ercot.ErcotDocument.ReadList("ercot:list", Recording.Read("ercot/mis_doc_list_12311/load_forecast_by_forecast_zone.json"));

        Assert.NotEmpty(documents);
        Assert.Equal(documents.OrderBy(document => document.PublishedAt), documents);
        Assert.Contains(documents, document => document is { Id: "1085273815" } && document.PublishedAt == Utc(2025, 3, 13, 17, 30));
        Assert.DoesNotContain(documents, document => document.Id == "1085273566");
    }

    private const string Documented = "ercot/errors/DOCUMENTED_openapi_examples.json";

    private void Post(string recording, string name, string published) => Market
        .On(List, $$$"""{"ListDocsByRptTypeRes":{"DocumentList":[{"Document":{"DocID":"1","PublishDate":"{{{published}}}","FriendlyName":"{{{name}}}"}}]}}""")
        .On(File, Recording.Read(recording));

    [Fact]
    public async Task LoadForecast_File_HasEightDaysOfTheSystemsTotal()
    {
        Post("ercot/np3-560_load_forecast/load_forecast_specific_reportid.zip", "LFCCONGESTNP3560_csv", "2025-03-13T12:30:00-05:00");

        var page = Assert.Single(await ReadAsync(Feed("ercot:np3-560-cd")));

        Assert.Equal((192, 192, 0), (page.RowsRead, page.Fundamentals.Count, page.RowsRejected));
        var first = page.Fundamentals.First();
        Assert.Equal((FundamentalKind.LoadForecast, Utc(2025, 3, 13, 5), 60, Utc(2025, 3, 13, 17, 30)), (first.Kind, first.Start, first.Minutes, first.PublishedAt));
        Assert.Equal(43797.77, first.Value, 0.005);
        Assert.Equal((Utc(2025, 3, 21, 4), 41722.79), (page.Fundamentals.Last().Start, Math.Round(page.Fundamentals.Last().Value, 2)));
    }

    [Fact]
    public async Task Wind_File_HasTwoDaysBackAndSevenAhead()
    {
        Post("ercot/np4-732_wind/wind_specific_reportid.zip", "WPPHRLYAVGACTNP4732_csv", "2025-03-13T13:55:09-05:00");

        var page = Assert.Single(await ReadAsync(Feed("ercot:np4-732-cd")));

        Assert.Equal((216, 0), (page.RowsRead, page.RowsRejected));
        Assert.All(page.Fundamentals, value => Assert.Equal(FundamentalKind.WindForecast, value.Kind));
        Assert.Equal((Utc(2025, 3, 11, 18), 17404.1), (page.Fundamentals.First().Start, page.Fundamentals.First().Value));
        Assert.Equal((Utc(2025, 3, 20, 17), 9615.6), (page.Fundamentals.Last().Start, page.Fundamentals.Last().Value));
    }

    [Fact]
    public async Task DocumentList_RealOne_IsReadThroughTheProductAsForecasts()
    {
        Market.On(List, Recording.Read("ercot/mis_doc_list_12311/load_forecast_by_forecast_zone.json"))
            .On(File, Recording.Read("ercot/np3-560_load_forecast/load_forecast_specific_reportid.zip"));

        var pages = await ReadAsync(Feed("ercot:np3-560-cd"));

        Assert.Equal(2, pages.Length);
        Assert.Equal("1085273815", Market.Requests.Last().Query["doclookupId"]);
        Assert.Equal(Utc(2025, 3, 13, 17, 30), pages[^1].Cursor);
    }

    [Fact]
    public void ArchiveListing_GivesIdAndTimeOfEachFile()
    {
        var (documents, pages) = OptiBid.Connectors.Ercot.ErcotDocument.ReadArchive("ercot:archive", Recording.Read("ercot/archive_listing/np3-911-er_archive_2024-10-18.json"));

        var document = Assert.Single(documents);
        Assert.Equal(("1045038225", "2_Day_AS_Disclosure", new DateTimeOffset(2024, 10, 18, 8, 13, 31, TimeSpan.Zero)), (document.Id, document.Name, document.PublishedAt));
        Assert.Equal(1, pages);
    }

    [Theory]
    [InlineData(400, "does not accept the request")]
    [InlineData(403, "denies access")]
    [InlineData(404, "no such feed")]
    public async Task Errors_AsDocumented_AreOneClearLine(int status, string expected)
    {
        using var documented = System.Text.Json.JsonDocument.Parse(Recording.Read(Documented));
        var body = documented.RootElement.GetProperty(status.ToString(CultureInfo.InvariantCulture)).GetProperty("content").GetProperty("application/json").GetProperty("example").GetRawText();
        Market.On("/np6-905-cd/spp_node_zone_hub", body, status);

        var problem = await ProblemAsync(Feed("ercot:np6-905-cd"));

        Assert.Contains($"HTTP {status}", problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }
}
