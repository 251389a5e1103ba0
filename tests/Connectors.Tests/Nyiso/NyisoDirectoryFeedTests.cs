using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Nyiso;

public sealed class NyisoDirectoryFeedTests : MarketTest
{
    private const string Directory = "nyiso:generator";
    private const string Path = "/csv/generator/generator.csv";

    protected override MarketZone Zone => MarketZone.NYISO;

    [Fact]
    public async Task FetchAsync_Generators_HaveTheirZoneAsHub()
    {
        Market.On(Path, """
            Generator Name,Generator PTID,Aggregation PTID,Subzone,Zone,Latitude,Longitude,Active
            59TH STREET_GT_1,24138,,N.Y.C.,N.Y.C.,40.77,-73.99,Y
            ADK HUDSON___FALLS,24011,,CAPITL,F,43.3,-73.58,Y
            PJM_GEN_KEYSTONE,24065,,,PJM,,,Y
            ,24066,,,WEST,,,Y

            """);

        var page = Assert.Single(await ReadAsync(Feed(Directory)));

        Assert.Equal(
            [
                new(new LocationId(MarketZone.NYISO, "24138"), "59TH STREET_GT_1", LocationType.Gen, "61761"),
                new(new LocationId(MarketZone.NYISO, "24011"), "ADK HUDSON___FALLS", LocationType.Gen, "61757"),
                new(new LocationId(MarketZone.NYISO, "24065"), "PJM_GEN_KEYSTONE", LocationType.Interface),
            ],
            page.Locations);
        Assert.Equal((4, 1, Clock.GetUtcNow()), (page.RowsRead, page.RowsRejected, page.Cursor));
    }

    [Theory]
    [InlineData("Generator Name,Zone\n", "column Generator PTID or PTID is missing")]
    [InlineData("<html>no</html>", "a web page instead of data")]
    [InlineData("", "an empty body")]
    public async Task FetchAsync_WhatIsNoList_IsAClearError(string body, string problem)
    {
        Market.On(Path, body);

        Assert.Contains(problem, await ProblemAsync(Feed(Directory)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_HostWithoutTheList_IsToldAndNotTriedAgainAtOnce()
    {
        var page = Assert.Single(await ReadAsync(Feed(Directory)));

        Assert.Equal((0, Clock.GetUtcNow()), (page.Locations.Count, page.Cursor));
        Assert.Contains("HTTP 404", page.Warning, StringComparison.Ordinal);
        Assert.EndsWith("; generators have no hub until there is one", page.Warning, StringComparison.Ordinal);
    }
}
