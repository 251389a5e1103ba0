using System.IO.Compression;
using System.Text;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Ercot;

public sealed class ErcotDirectoryFeedTests : MarketTest
{
    private const string Name = "ercot:np4-160-sg";
    private const string List = "/misapp/servlets/IceDocListJsonWS";
    private const string File = "/misdownload/servlets/mirDownload";
    private const string Buses = "ELECTRICAL_BUS,NODE_NAME,PSSE_BUS_NAME,VOLTAGE_LEVEL,SUBSTATION,SETTLEMENT_LOAD_ZONE,RESOURCE_NODE,HUB_BUS_NAME,HUB,PSSE_BUS_NUMBER";

    protected override MarketZone Zone => MarketZone.ERCOT;

    private static byte[] Package(params (string Name, string Content)[] files)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry("SP_List_EB_Mapping/" + name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return buffer.ToArray();
    }

    private void Serve(byte[] package) => Market
        .On(List, """{"ListDocsByRptTypeRes":{"DocumentList":[{"Document":{"DocID":"5","PublishDate":"2026-11-20T10:00:00-06:00","FriendlyName":"CIM_Nov_ML1"}}]}}""")
        .On(File, package);

    [Fact]
    public async Task FetchAsync_Package_GivesEachPointItsTypeAndTheHubOfItsLoadZone()
    {
        Serve(Package(
            ("Settlement_Points_11202026.csv", Buses + "\n1,1,B,138,WINDY,LZ_WEST,WINDY_RN,,,1\n2,2,C,345,MIDTOWN,LZ_HOUSTON,,MT_HUB,HB_HOUSTON,2\n3,3,D,69,AUSTIN,LZ_AEN,SAND_RN,,,3\n"),
            ("Resource_Node_to_Unit_11202026.csv", "RESOURCE_NODE,UNIT_SUBSTATION,UNIT_NAME\nWINDY_RN,WINDY,U1\nMT_CC1,MIDTOWN,GT1\n"),
            ("CCP_Resource_Names_11202026.csv", "CCP_NAME,LOGICALREOURCENODENAME\nMT_CC,MT_CC1\nOLD_CC,OLD_CC1\n"),
            ("Hub_Name_AND_DC_Ties_11202026.csv", "NAME\nHB_NORTH\nDC_E\n"),
            ("NOIE_Mapping_11202026.csv", "PHYSICAL_LOAD,NOIE,VOLTAGE_NAME,SUBSTATION,ELECTRICAL_BUS\nL1,LZ_AEN,69,AUSTIN,3\n")));

        var page = Assert.Single(await ReadAsync(Feed(Name)));

        Assert.Equal(
            [
                ("DC_E", LocationType.Interface, "HB_NORTH"), ("DC_E:LZ_DCEW", LocationType.Interface, "HB_NORTH"), ("HB_HOUSTON", LocationType.Hub, null), ("HB_NORTH", LocationType.Hub, null),
                ("LZ_AEN", LocationType.Zone, "HB_SOUTH"), ("LZ_AEN:LZEW", LocationType.Zone, "HB_SOUTH"), ("LZ_HOUSTON", LocationType.Zone, "HB_HOUSTON"), ("LZ_HOUSTON:LZEW", LocationType.Zone, "HB_HOUSTON"),
                ("LZ_WEST", LocationType.Zone, "HB_WEST"), ("LZ_WEST:LZEW", LocationType.Zone, "HB_WEST"), ("MT_CC1", LocationType.Gen, "HB_HOUSTON"), ("OLD_CC1", LocationType.Gen, null),
                ("SAND_RN", LocationType.Gen, "HB_SOUTH"), ("WINDY_RN", LocationType.Gen, "HB_WEST"),
            ],
            page.Locations.Select(place => (place.Id.Location, place.Type, place.Hub)));
        Assert.Equal((Clock.GetUtcNow(), "LZ_AEN"), (page.Cursor, page.Locations.Single(place => place.Id.Location == "LZ_AEN:LZEW").Name));
        Assert.Equal("10008", Market.Requests.First().Query["reportTypeId"]);
    }

    [Fact]
    public async Task FetchAsync_ListThatHasBeenRead_IsNotReadAgainAndTheCursorMovesOn()
    {
        Serve(Package(("Settlement_Points.csv", Buses + "\n1,1,B,138,WINDY,LZ_WEST,WINDY_RN,,,1\n")));
        var feed = Feed(Name);
        await ReadAsync(feed);
        Clock.Advance(TimeSpan.FromDays(1));

        var page = Assert.Single(await ReadAsync(feed));

        Assert.Equal((0, Clock.GetUtcNow()), (page.Locations.Count, page.Cursor));
        Assert.Single(Market.Requests, asked => asked.Path == File);
    }

    [Fact]
    public async Task FetchAsync_NothingPosted_IsToldAndAskedForAgainAnotherDay()
    {
        Market.On(List, """{"ListDocsByRptTypeRes":{}}""");

        var page = Assert.Single(await ReadAsync(Feed(Name)));

        Assert.Equal((Clock.GetUtcNow(), "ercot:np4-160-sg: no list of settlement points is posted"), (page.Cursor, page.Warning));
    }

    [Fact]
    public async Task FetchAsync_PackageWithoutPoints_IsOneClearError()
    {
        Serve(Package(("README.csv", "A,B\n1,2\n")));

        Assert.Contains("SETTLEMENT_LOAD_ZONE are missing", await ProblemAsync(Feed(Name)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PriceFeeds_GiveAPlaceTheSameIdAndTypeOrTakeNoneAway()
    {
        Market.On("/np4-190-cd/dam_stlmnt_pnt_prices", """{"fields":["deliveryDate","hourEnding","settlementPoint","settlementPointPrice","DSTFlag"],"data":[["2026-11-22","01:00","LZ_SOUTH",1,"N"],["2026-11-22","01:00","WINDY_RN",1,"N"]]}""");

        var page = Assert.Single(await ReadAsync(Feed("ercot:np4-190-cd")));

        // A node's type is not told by its name; the directory keeps what the list has said.
        Assert.Equal([("LZ_SOUTH", LocationType.Zone, "HB_SOUTH"), ("WINDY_RN", LocationType.Node, null)], page.Locations.Select(place => (place.Id.Location, place.Type, place.Hub)));
    }
}
