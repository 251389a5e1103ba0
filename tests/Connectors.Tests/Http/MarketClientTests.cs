using System.Runtime.InteropServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Http;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Http;

public sealed class MarketClientTests : MarketTest
{
    private const string Name = "pjm:rt_hrl_lmps";
    private const string Path = "/rt_hrl_lmps";

    protected override MarketZone Zone => MarketZone.PJM;

    [Theory]
    [InlineData(400, """{"errors":[{"field":"Filters","message":"A datetime is missing"}]}""", "Filters: A datetime is missing")]
    [InlineData(401, "", "Connectors:PJM:ApiKey")]
    [InlineData(403, "", "denies access")]
    [InlineData(404, "", "no such feed")]
    [InlineData(429, "slow down", "too many calls")]
    [InlineData(500, "<html><b>oops</b></html>", "oops")]
    [InlineData(503, "", "trouble of its own")]
    public async Task GetAsync_RefusedCall_SaysWhyInPlainWords(int status, string body, string expected)
    {
        Market.On(Path, body, status);

        var problem = await ProblemAsync(Feed(Name, ("ApiKey", "s3cret")));

        Assert.Contains($"HTTP {status}", problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAsync_PassingTrouble_IsRetried()
    {
        var calls = 0;
        Market.On(Path, _ => ++calls < 3 ? MarketServer.Reply.Text("", 503) : MarketServer.Reply.Text("""{"items":[]}"""));

        UsesRealTime = true;

        Assert.Empty(await TicksAsync(Feed(Name, ("Http:Retries", "3"), ("Http:RetrySeconds", "0.01"))));

        // From the tests' time to the real one is more than one window of the market's, depending on the day.
        var windows = Market.Requests.Select(asked => string.Join('&', asked.Query)).GroupBy(query => query).Select(window => window.Count());
        Assert.Equal([3, .. Enumerable.Repeat(1, calls - 3)], windows);
    }

    [Fact]
    public async Task GetAsync_VersionNoted_IsNotSentAgain()
    {
        Market.On(Path, request => request.Headers.IfNoneMatch == "\"v1\""
            ? new([], 304)
            : new(System.Text.Encoding.UTF8.GetBytes("[]")) { Headers = { ["ETag"] = "\"v1\"" } });
        _ = Feed(Name);
        var address = new Uri(Market.Url + Path);
        var versions = new ReadVersions();

        var first = await Client.GetAsync(Name, address, versions.Ask, Cancel);
        var again = await Client.GetAsync(Name, address, versions.Ask, Cancel);
        versions.Note(address, first);
        var unchanged = await Client.GetAsync(Name, address, versions.Ask, Cancel);

        // Until its rows are published the version is asked for whole.
        Assert.Equal((false, false, true), (first.IsUnchanged, again.IsUnchanged, unchanged.IsUnchanged));
        Assert.Equal(2, again.Body.Length);
    }

    [Fact]
    public async Task GetAsync_LargeAnswer_TakesLittleMoreRoomThanItNeeds()
    {
        const int Size = 5_000_000;
        Market.On(Path, _ => new(Enumerable.Repeat((byte)'1', Size).ToArray()));
        _ = Feed(Name);
        var address = new Uri(Market.Url + Path);

        var client = Client;

        _ = await client.GetAsync(Name, address, null, Cancel);
        var second = await client.GetAsync(Name, address, null, Cancel);

        Assert.Equal(Size, second.Body.Length);
        Assert.True(MemoryMarshal.TryGetArray(second.Body, out var room));
        Assert.InRange(room.Array!.Length, Size, Size * 11 / 10);
    }

    [Fact]
    public async Task GetAsync_LongRetryAfter_IsHandedToTheCallerAtOnce()
    {
        Market.On(Path, _ => new([], 429) { Headers = { ["Retry-After"] = "600" } });

        var error = await Assert.ThrowsAsync<MarketFeedException>(() => ReadAsync(Feed(Name, ("Http:Retries", "5"))));

        Assert.Equal(TimeSpan.FromMinutes(10), error.RetryAfter);
        Assert.Single(Market.Requests);
    }

    [Fact]
    public async Task GetAsync_MarketAsksToBeLeftAlone_RestsAllFeedsOfTheZone()
    {
        Market.On(Path, _ => new([], 429) { Headers = { ["Retry-After"] = "600" } }).On("/da_hrl_lmps", """{"items":[]}""");
        await ProblemAsync(Feed(Name));
        Clock.Advance(TimeSpan.FromMinutes(4));
        var other = Another("pjm:da_hrl_lmps");

        var error = await Assert.ThrowsAsync<MarketFeedException>(() => ReadAsync(other));
        Assert.Equal(TimeSpan.FromMinutes(6), error.RetryAfter);
        Assert.Single(Market.Requests);

        Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Empty(await TicksAsync(other));
    }

    [Fact]
    public async Task GetAsync_FirstCallAfterAStart_WaitsItsTurn()
    {
        Market.On(Path, """{"items":[]}""");
        var feed = Feed(Name, ("Http:CallsPerMinute", "60"));
        var start = TimeProvider.System.GetTimestamp();

        await ReadAsync(feed);

        Assert.True(TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromMilliseconds(700));
    }

    [Fact]
    public async Task GetAsync_OneHostThatFails_TakesNoOtherWithIt()
    {
        Market.On(Path, "", 500).On("/good/rt_hrl_lmps", """{"items":[]}""");
        var feed = Feed(Name);
        for (var i = 0; i < 15; i++) await ProblemAsync(feed);
        Assert.Contains("left alone for a moment", await ProblemAsync(feed), StringComparison.Ordinal);

        var elsewhere = Market.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        await Client.GetAsync(Name, new Uri(elsewhere + "/good/rt_hrl_lmps"), null, Cancel);
    }

    [Theory]
    [InlineData(401, "key s3cret-s3cret is unknown")]
    [InlineData(200, "<html>key s3cret-s3cret is unknown</html>")]
    [InlineData(200, """{"errors":[{"message":"key s3cret-s3cret is unknown"}]}""")]
    public async Task GetAsync_AnswerThatEchoesTheKey_IsQuotedWithoutIt(int status, string body)
    {
        Market.On(Path, body, status);

        var problem = await ProblemAsync(Feed(Name, ("ApiKey", "s3cret-s3cret")));

        Assert.Contains("key ************* is unknown", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAsync_Redirect_IsNotFollowed()
    {
        Market.On("/elsewhere", "[]").On(Path, _ => new([], 302) { Headers = { ["Location"] = Market.Url + "/elsewhere" } });

        Assert.Contains("redirects", await ProblemAsync(Feed(Name)), StringComparison.Ordinal);
        Assert.DoesNotContain(Market.Requests, asked => asked.Path == "/elsewhere");
    }

    [Fact]
    public async Task GetAsync_BodyPastTheBound_IsRefused()
    {
        Market.On(Path, new byte[3_000_000]);

        Assert.Contains("larger than the 1,048,576 bytes", await ProblemAsync(Feed(Name, ("Http:BodyMegabytes", "1"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAsync_NobodyThere_NamesTheAddressWithoutItsQuery()
    {
        var problem = await ProblemAsync(Feed(Name, ("BaseUrl", "http://127.0.0.1:1")));

        Assert.Contains("http://127.0.0.1:1/rt_hrl_lmps cannot be read", problem, StringComparison.Ordinal);
        Assert.DoesNotContain('?', problem);
    }

    [Fact]
    public async Task GetAsync_ManyCallsAtOnce_KeepToTheMarketsLimit()
    {
        var times = new System.Collections.Concurrent.ConcurrentQueue<long>();
        Market.On(Path, _ =>
        {
            times.Enqueue(TimeProvider.System.GetTimestamp());
            return MarketServer.Reply.Text("""{"items":[]}""");
        });
        var feed = Feed(Name, ("Http:CallsPerMinute", "300"));
        await ReadAsync(feed);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ReadAsync(feed)));

        // Five pauses of 200 ms; the way through the server moves the first and the last call by a little.
        var all = times.Order().ToArray();
        Assert.Equal(6, all.Length);
        Assert.True(TimeProvider.System.GetElapsedTime(all[0], all[^1]) > TimeSpan.FromMilliseconds(750));
    }
}
