using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Zones;

namespace OptiBid.Connectors.Tests.Feeds;

public sealed class FallbackFeedTests
{
    private readonly ScriptedFeed _files = new("ercot:prices", TimeSpan.FromMinutes(5));
    private readonly ScriptedFeed _api = new("ercot:prices", TimeSpan.FromMinutes(5)) { BackfillChunk = TimeSpan.FromDays(1) };

    private async Task<List<FeedPage>> ReadAsync(FeedRange? range = null)
    {
        var pages = new List<FeedPage>();
        await foreach (var page in new FallbackFeed(_files, "files", _api, "api").FetchAsync(range ?? new(ScriptedFeed.Start), TestContext.Current.CancellationToken))
            pages.Add(page);
        return pages;
    }

    [Fact]
    public async Task FetchAsync_FirstAnswers_TheSecondIsNotAsked()
    {
        _files.Answer = _ => [_files.Page(0)];

        var page = Assert.Single(await ReadAsync());

        Assert.Equal(("files", null), (page.Source, page.Warning));
        Assert.Empty(_api.Asked);
    }

    [Fact]
    public async Task FetchAsync_FirstBreaksOff_TheSecondGivesTheWholeRangeAndSaysWhy()
    {
        _files.Answer = _ => Broken(_files.Page(0));
        _api.Answer = _ => [_api.Page(0), _api.Page(1)];

        var pages = await ReadAsync();

        Assert.Equal(["files", "api", "api"], pages.Select(page => page.Source));
        Assert.Equal(ScriptedFeed.Start, Assert.Single(_api.Asked));
        Assert.Equal("ercot:prices: the list is away; read from api instead of files", pages[1].Warning);
    }

    [Fact]
    public async Task FetchAsync_BothAway_SaysBoth()
    {
        _files.Answer = _ => Broken();
        _api.Answer = _ => throw new MarketFeedException("ercot:prices", "HTTP 401");

        var error = await Assert.ThrowsAsync<MarketFeedException>(() => ReadAsync());

        Assert.Contains("files: ercot:prices: the list is away; api: ercot:prices: HTTP 401", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_ClosedRange_IsAskedOfTheSourceThatKeepsThePast()
    {
        _api.Answer = _ => [_api.Page(0)];

        var page = Assert.Single(await ReadAsync(new(ScriptedFeed.Start, ScriptedFeed.Start.AddDays(1))));

        Assert.Equal("api", page.Source);
        Assert.Empty(_files.Asked);
    }

    [Fact]
    public async Task FetchAsync_ClosedRangeThatTheOtherSourceKnowsNothingOf_FailsWithTheTroubleOfTheFirst()
    {
        var files = new ScriptedFeed("ercot:prices", TimeSpan.FromMinutes(5)) { BackfillChunk = TimeSpan.FromDays(1) };
        files.Answer = _ => [files.Page(0, count: 0)];
        _api.Answer = _ => Broken();

        var error = await Assert.ThrowsAsync<MarketFeedException>(async () =>
        {
            await foreach (var page in new FallbackFeed(_api, "api", files, "files").FetchAsync(new(ScriptedFeed.Start, ScriptedFeed.Start.AddDays(1)), TestContext.Current.CancellationToken))
                Assert.Empty(page.Ticks);
        });

        Assert.Contains("the list is away", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<FeedPage> Broken(params FeedPage[] before)
    {
        foreach (var page in before) yield return page;
        throw new MarketFeedException("ercot:prices", "the list is away");
    }
}
