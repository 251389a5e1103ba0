using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Pjm;

public sealed class PjmPnodeFeedTests : MarketTest
{
    protected override MarketZone Zone => MarketZone.PJM;

    private static string Pnode(string id, string name, string type, string subtype, string effective = "2015-06-01T00:00:00", string termination = "9999-12-31T00:00:00") => $$"""
        {"pnode_id":{{id}},"pnode_name":"{{name}}","pnode_type":"{{type}}","pnode_subtype":"{{subtype}}","zone":null,"voltage_level":"69 KV",
         "effective_date":"{{effective}}","termination_date":"{{termination}}"}
        """;

    private static MarketLocation Place(string id, string name, LocationType type, string? hub = "51288") => new(new LocationId(MarketZone.PJM, id), name, type, hub);

    [Fact]
    public async Task FetchAsync_Pnodes_AreNamedTypedAndMeasuredAgainstWesternHub()
    {
        Market.On("/pnode", PjmRow.Envelope(
            Pnode("51288", "WESTERN HUB", "AGGREGATE", "HUB"), Pnode("34964545", "DOM", "AGGREGATE", "ZONE"), Pnode("48579", "ASHBURN 35 KV TX1", "BUS", "LOAD"),
            Pnode("35010371", "PLEASANT VIEW", "AGGREGATE", "EHV"), Pnode("5", "SOMEWHERE", "BUS", "EXT"), Pnode("6", "", "LOCALE", "")));
        var feed = Feed("pjm:pnode");

        var page = Assert.Single(await ReadAsync(feed));

        Assert.Equal(
            [
                Place("51288", "WESTERN HUB", LocationType.Hub, hub: null), Place("34964545", "DOM", LocationType.Zone), Place("48579", "ASHBURN 35 KV TX1", LocationType.Load),
                Place("35010371", "PLEASANT VIEW", LocationType.Aggregate), Place("5", "SOMEWHERE", LocationType.Bus), Place("6", "6", LocationType.Node),
            ],
            page.Locations);
        Assert.Equal((Clock.GetUtcNow(), 6, FeedKind.Directory), (page.Cursor, page.RowsRead, feed.Kind));
        Assert.Equal("pnode_id", Market.Requests.Single().Query["sort"]);
        Assert.Null(feed.BackfillChunk);
    }

    [Fact]
    public async Task FetchAsync_SeveralRowsOfAPnode_TheOneInForceThatTookEffectLastCounts()
    {
        Market.On("/pnode", PjmRow.Envelope(
            Pnode("1", "NEW", "BUS", "GEN", effective: "2020-01-01T00:00:00"), Pnode("1", "OLD", "BUS", "GEN", effective: "2010-01-01T00:00:00"),
            Pnode("1", "TO COME", "BUS", "GEN", effective: "2030-01-01T00:00:00"), Pnode("2", "GONE", "BUS", "GEN", termination: "2026-06-01T00:00:00")));

        Assert.Equal("NEW", Assert.Single(Assert.Single(await ReadAsync(Feed("pjm:pnode"))).Locations).Name);
    }

    [Fact]
    public async Task FetchAsync_PriceRowsAfterwards_KeepTheDirectorysNameAndType()
    {
        Market.On("/pnode", PjmRow.Envelope(Pnode("48579", "ASHBURN 35 KV TX1", "BUS", "LOAD")))
            .On("/rt_hrl_lmps", PjmRow.Envelope(PjmRow.Price("2026-11-20T05:00:00", "48579", name: "ASHBURN"), PjmRow.Price("2026-11-20T05:00:00", "7", name: "ELSEWHERE")));
        await ReadAsync(Feed("pjm:pnode"));

        var page = Assert.Single(await ReadAsync(Another("pjm:rt_hrl_lmps")));

        Assert.Equal([Place("48579", "ASHBURN 35 KV TX1", LocationType.Load), Place("7", "ELSEWHERE", LocationType.Gen)], page.Locations);
    }

    [Fact]
    public async Task FetchAsync_BadRows_AreRefusedByReason()
    {
        Market.On("/pnode", PjmRow.Envelope(Pnode("\" \"", "NOWHERE", "BUS", "GEN"), Pnode("1", "HERE", "BUS", "GEN")));

        var page = Assert.Single(await ReadAsync(Feed("pjm:pnode")));

        Assert.Equal((1, 1), (page.Locations.Count, page.RowsRejected));
    }

    [Fact]
    public async Task FetchAsync_WithoutAKeyAtPjmItself_SaysWhatToSetAndCallsNobody()
    {
        var feed = Feed("pjm:pnode", ("BaseUrl", ""));

        Assert.StartsWith("pjm:pnode: Connectors:PJM:ApiKey is not set, and PJM answers nobody without a subscription key", await ProblemAsync(feed), StringComparison.Ordinal);
        Assert.Contains("Connectors:PJM:ApiKey is not set", await ProblemAsync(Another("pjm:rt_hrl_lmps")), StringComparison.Ordinal);
        Assert.Empty(Market.Requests);
    }

    [Theory]
    [InlineData("pjm:pnode")]
    [InlineData("pjm:inst_load")]
    [InlineData("pjm:gen_by_fuel")]
    [InlineData("pjm:rt_fivemin_hrl_lmps_revised")]
    public async Task FetchAsync_RefusedKey_IsNeverQuoted(string name)
    {
        const string Key = "s3cret-s3cret-s3cret";
        MarketServer.Reply Refuse(Microsoft.AspNetCore.Http.HttpRequest request) =>
            MarketServer.Reply.Text($$"""{"errors":[{"field":"key","message":"{{request.Headers["Ocp-Apim-Subscription-Key"]}} is unknown"}]}""", 401);
        Market.On("/pnode", Refuse).On("/inst_load", Refuse).On("/gen_by_fuel", Refuse).On("/rt_fivemin_hrl_lmps", Refuse);

        var problem = await ProblemAsync(Feed(name, ("ApiKey", Key)));

        Assert.Contains("set Connectors:PJM:ApiKey", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", problem, StringComparison.Ordinal);
        Assert.Equal(Key, Market.Requests.Single().Headers["Ocp-Apim-Subscription-Key"]);
    }
}
