using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Gateway.Api.Paging;
using OptiBid.Gateway.Caching;
using OptiBid.Gateway.Live;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Caching;

public sealed class AnswerCacheTests : IAsyncLifetime
{
    private const string Query = "/api/v1/prices/query";
    private const string Day = "\"start\":\"2026-11-22T00:00:00Z\",\"end\":\"2026-11-23T00:00:00Z\"";

    private CachingGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await CachingGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    public static TheoryData<string, string?> HistoryCalls => new()
    {
        { CachingGateway.History, null },
        { CachingGateway.History + "&resample=1h", null },
        { CachingGateway.History + "&include_revisions=true", null },
        { Query, $"{{{Day}}}" },
        { "/api/v1/analytics/spreads?zone=PJM&location=A&kind=dart&start=2026-11-22T00:00:00Z&end=2026-11-23T00:00:00Z", null },
        { "/api/v1/analytics/storage-value?zone=PJM&location=A&hours=1&price_type=REAL_TIME_5_MIN&start=2026-11-21T00:00:00Z&end=2026-11-24T00:00:00Z", null },
        { "/api/v1/analytics/price-trends", $"{{{Day},\"locations\":[\"A\"],\"price_type\":\"REAL_TIME_5_MIN\",\"bucket\":\"1h\"}}" },
    };

    private Task<Answer> AskAsync(string path, string? body) => body is null ? _gateway.GetAsync(path) : _gateway.PostAsync(path, body);

    [Theory]
    [MemberData(nameof(HistoryCalls))]
    public async Task AskedTwice_TheSecondIsGivenWhatTheFirstRead(string path, string? body)
    {
        var first = await AskAsync(path, body);
        Assert.Equal((200, Answer.Miss), (first.Status, first.Cache));
        var reads = _gateway.Reads;
        _gateway.Pass(TimeSpan.FromSeconds(4));

        var second = await AskAsync(path, body);
        Assert.Equal((200, Answer.Hit, first.Body), (second.Status, second.Cache, second.Body));
        Assert.Equal(TimeSpan.FromSeconds(4), second.Age);
        Assert.Equal(reads, _gateway.Reads);
    }

    [Theory]
    [MemberData(nameof(HistoryCalls))]
    public async Task PriceCorrected_IsShownWithTheNextAnswer(string path, string? body)
    {
        var first = await AskAsync(path, body);
        _gateway.Host.History.Add(Ticks.Tick("A", 77, 0, revision: 2), Ticks.Tick("A", 66, 0, type: PriceType.DayAheadHourly));
        _gateway.Tell();

        var second = await AskAsync(path, body);
        Assert.Equal(Answer.Stale, second.Cache);
        Assert.NotEqual(first.Body, second.Body);
        Assert.Equal(Answer.Hit, (await AskAsync(path, body)).Cache);
    }

    [Fact]
    public async Task WrittenElsewhere_AnswersStay()
    {
        var path = CachingGateway.History + "&price_type=REAL_TIME_5_MIN";
        await _gateway.GetAsync(path);
        _gateway.Tell(day: 2);
        _gateway.Tell(day: -1);
        _gateway.Tell(zone: MarketZone.ERCOT);
        _gateway.Tell(type: PriceType.DayAheadHourly);
        Assert.Equal(Answer.Hit, (await _gateway.GetAsync(path)).Cache);

        _gateway.Tell();
        Assert.Equal(Answer.Stale, (await _gateway.GetAsync(path)).Cache);
    }

    [Fact]
    public async Task WrittenWhileReading_TheReadersAnswerIsNotGivenToWhoeverAsksLater()
    {
        using var pause = new ReadPause(_gateway.Host.History);
        var first = _gateway.GetAsync();
        await pause.BegunAsync();
        _gateway.Host.History.Add(Ticks.Tick("A", 77, 0, revision: 2));
        _gateway.Tell();
        var second = _gateway.GetAsync();
        pause.Release();

        // The first asked before the write, and so may have what he read; the second may not, though he waited for the same reading.
        Assert.DoesNotContain("77", (await first).Body, StringComparison.Ordinal);
        Assert.Contains("\"price\":77,", (await second).Body, StringComparison.Ordinal);
        Assert.Contains("\"price\":77,", (await _gateway.GetAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskedAtOnce_IsReadOnce()
    {
        var reading = new OneReading(_gateway);
        Task<string>[] all = [.. Enumerable.Range(0, 20).Select(_ => reading.AskAsync())];
        reading.Release();

        var had = await Task.WhenAll(all);
        Assert.Equal([Answer.Miss, .. Enumerable.Repeat(Answer.Collapsed, 19)], had);
        Assert.Equal(1, reading.Count);
    }

    [Fact]
    public async Task FirstCallerLeaves_TheOthersGetTheAnswer()
    {
        using var leaving = new CancellationTokenSource();
        var reading = new OneReading(_gateway);
        var first = reading.AskAsync(leaving.Token);
        var second = reading.AskAsync();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        reading.Release();

        Assert.Equal(Answer.Collapsed, await second);
        Assert.Equal(1, reading.Count);
    }

    [Fact]
    public async Task OnlyCallerLeaves_TheReadingEnds()
    {
        using var pause = new ReadPause(_gateway.Host.History);
        using var leaving = new CancellationTokenSource();
        var first = _gateway.GetAsync(cancellationToken: leaving.Token);
        await pause.BegunAsync();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Eventually.TrueAsync(() => _gateway.Host.History.OpenReads == 0, "the reading has ended");

        pause.Release();
        var second = await _gateway.GetAsync();
        Assert.Equal((200, Answer.Miss), (second.Status, second.Cache));
    }

    [Fact]
    public async Task Refusals_AreNotKept()
    {
        _gateway.Host.History.IsAway = true;
        Assert.Equal(503, (await _gateway.GetAsync()).Status);
        _gateway.Host.History.IsAway = false;
        Assert.Equal(Answer.Miss, (await _gateway.GetAsync()).Cache);

        var unknown = CachingGateway.History.Replace("location=A", "location=B", StringComparison.Ordinal);
        Assert.Equal(404, (await _gateway.GetAsync(unknown)).Status);
        _gateway.Host.History.Add(Ticks.Tick("B"));
        Assert.Equal(200, (await _gateway.GetAsync(unknown)).Status);
    }

    [Fact]
    public async Task HistoryGoesAway_WhatIsKeptIsGivenOn()
    {
        var first = await _gateway.GetAsync();
        _gateway.Host.History.IsAway = true;
        Assert.Equal(first.Body, (await _gateway.GetAsync()).Body);
    }

    [Fact]
    public async Task Lifetime_IsShortWhereTheRangeReachesIntoThePresent()
    {
        const string Recent = "/api/v1/prices/history?zone=PJM&location=A&start=2026-11-22T00:00:00Z&end=2026-11-25T00:00:00Z";
        await _gateway.GetAsync();
        await _gateway.GetAsync(Recent);
        _gateway.Pass(TimeSpan.FromSeconds(28));
        Assert.Equal(Answer.Hit, (await _gateway.GetAsync(Recent)).Cache);
        _gateway.Pass(TimeSpan.FromSeconds(4));
        Assert.Equal(Answer.Stale, (await _gateway.GetAsync(Recent)).Cache);
        Assert.Equal(Answer.Hit, (await _gateway.GetAsync()).Cache);

        _gateway.Pass(TimeSpan.FromMinutes(10));
        Assert.Equal(Answer.Stale, (await _gateway.GetAsync()).Cache);
    }

    [Fact]
    public async Task RangeEndsNow_IsKeptForTheMinute()
    {
        const string Last24Hours = "/api/v1/prices/history?zone=PJM&location=A";
        _gateway.Clock.SetUtcNow(Ticks.Noon.AddDays(4).AddMinutes(1).AddSeconds(1));
        _gateway.Silo.Tell();
        await _gateway.GetAsync(Last24Hours);
        _gateway.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(Answer.Hit, (await _gateway.GetAsync(Last24Hours)).Cache);

        // The price of 12:02 is among the next minute's last 24 hours, and of a day ahead it has long been written.
        _gateway.Clock.SetUtcNow(Ticks.Noon.AddDays(4).AddMinutes(2).AddSeconds(1));
        _gateway.Silo.Tell();
        Assert.NotEqual(Answer.Hit, (await _gateway.GetAsync(Last24Hours)).Cache);
    }

    [Fact]
    public async Task Export_IsNeitherKeptNorTaken()
    {
        var body = $"{{{Day}}}";
        await _gateway.PostAsync(Query, body);
        using var request = new HttpRequestMessage(HttpMethod.Post, Query) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        var csv = await _gateway.SendAsync(request, accept: "text/csv");
        Assert.Null(csv.Cache);
        Assert.Null(csv.Tag);
    }

    [Fact]
    public async Task PlaceGetsANewName_IsShownWithTheNextAnswer()
    {
        Assert.Contains("WESTERN HUB", (await _gateway.GetAsync()).Body, StringComparison.Ordinal);
        _gateway.Host.Catalog.Load([new MarketLocation(new LocationId(MarketZone.PJM, "A"), "EASTERN HUB", LocationType.Hub)]);
        Assert.Contains("EASTERN HUB", (await _gateway.GetAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_AreCountedByWhatTheCacheHad()
    {
        using var answers = new CacheCount(_gateway.Host, "optibid.history_cache.answers");
        using var bytes = new CacheCount(_gateway.Host, "optibid.history_cache.bytes");
        var first = await _gateway.GetAsync();
        await _gateway.GetAsync();
        await _gateway.GetAsync();
        _gateway.Tell();
        await _gateway.GetAsync();

        Assert.Equal((1, 2, 1), (answers["miss"], answers["hit"], answers["stale"]));
        Assert.Equal(2 * first.Body.Length, bytes["hit"]);
    }

    /// <summary>An answer whose reading takes until it is released.</summary>
    private sealed class OneReading(CachingGateway gateway)
    {
        private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly AnswerCache _cache = gateway.Host.Services.GetRequiredService<AnswerCache>();

        public int Count;

        public void Release() => _go.SetResult();

        /// <summary>Asks as a caller who may leave; gives what the cache had for him.</summary>
        public async Task<string> AskAsync(CancellationToken? leaves = null)
        {
            var scope = new HistoryScope(ZoneSet.All, [], Ticks.Noon, Ticks.Noon.AddHours(1));
            var result = await _cache.AnswerAsync("key", scope, ReadAsync, leaves ?? TestContext.Current.CancellationToken);
            return ((AnswerResult)result).CacheStatus!;
        }

        private async Task<IResult> ReadAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref Count);
            await _go.Task.WaitAsync(cancellationToken);
            return TypedResults.Ok(new PricePage([], null));
        }
    }
}
