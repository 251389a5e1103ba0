using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Caiso.Directory;

public sealed class CaisoDirectoryFeedTests : MarketTest
{
    protected override MarketZone Zone => MarketZone.CAISO;

    [Fact]
    public async Task FetchAsync_ListsOfNodes_GiveTypesAndHubs()
    {
        Market.On("/SingleZip", request => new MarketServer.Reply(Zip("a.csv", request.Query["queryname"].ToString() switch
        {
            "ATL_APNODE" => "APNODE_ID,APNODE_TYPE,START_DATE_GMT,END_DATE_GMT\nTH_NP15_GEN-APND,TH,2009-04-01T07:00:00-00:00,2100-01-01T08:00:00-00:00\n"
                + "DLAP_PGAE-APND,DPZ,2009-04-01T07:00:00-00:00,\nELAP_PACW-APND,DEPZ,,\nOLD_GEN-APND,AG,2009-04-01T07:00:00-00:00,2020-01-01T08:00:00-00:00\nODD-APND,CPZ,,\nCUSTOM,CPZ,,\n",
            "ATL_PNODE" => "PNODE_ID,PNODE_TYPE\nALTA_1_N001,N\nSPANS_1_N001,N\nPLANT_7_B1,G\n",
            _ => "APNODE_ID,PNODE_ID\nTH_NP15_GEN-APND,ALTA_1_N001\nTH_NP15_GEN-APND,SPANS_1_N001\nTH_SP15_GEN-APND,SPANS_1_N001\nOTHER-APND,PLANT_7_B1\n",
        })));

        var page = Assert.Single(await ReadAsync(Feed("caiso:ATL_PNODE")));

        Assert.Equal(
            [
                ("TH_NP15_GEN-APND", LocationType.Hub, null), ("DLAP_PGAE-APND", LocationType.Zone, null), ("ELAP_PACW-APND", LocationType.Zone, null), ("ODD-APND", LocationType.Aggregate, null),
                ("CUSTOM", LocationType.Zone, null), ("ALTA_1_N001", LocationType.Node, "TH_NP15_GEN-APND"), ("SPANS_1_N001", LocationType.Node, null), ("PLANT_7_B1", LocationType.Gen, null),
            ],
            page.Locations.Select(place => (place.Id.Location, place.Type, place.Hub)));
        Assert.Equal((Clock.GetUtcNow(), 13), (page.Cursor, page.RowsRead));
    }

    [Fact]
    public async Task FetchAsync_NothingListed_IsAnError()
    {
        Market.On("/SingleZip", Zip("e.xml", "<m:OASISReport xmlns:m=\"urn:x\"><m:ERR_CODE>1000</m:ERR_CODE></m:OASISReport>"));

        Assert.Contains("hold no place", await ProblemAsync(Feed("caiso:ATL_PNODE")), StringComparison.Ordinal);
    }
}
