using System.Globalization;
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
}
