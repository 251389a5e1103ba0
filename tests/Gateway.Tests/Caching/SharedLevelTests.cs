using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OptiBid.Gateway.Caching;

namespace OptiBid.Gateway.Tests.Caching;

/// <summary>Gateways over one history that share their answers through a Redis server.</summary>
public sealed class SharedLevelTests : IAsyncLifetime
{
    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(RedisServer.WhySkip() is not null, RedisServer.WhySkip() ?? "");
        _redis = await RedisServer.StartNewAsync();
    }

    public ValueTask DisposeAsync() => _redis?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<CachingGateway> StartAsync(string prefix = "optibid")
    {
        var gateway = await CachingGateway.StartAsync(new() { ["Cache:Redis"] = _redis.Address, ["Cache:Prefix"] = prefix });

        // Later than the gateway's start by more than clocks may differ.
        gateway.Pass(TimeSpan.FromSeconds(10));
        return gateway;
    }

    [Fact]
    public async Task ReadByOneGateway_IsGivenByTheOther()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        var read = await first.GetAsync();
        Assert.Equal(Answer.Miss, read.Cache);
        await SharedAsync();

        var given = await second.GetAsync();
        Assert.Equal((Answer.Hit, read.Body, read.Tag), (given.Cache, given.Body, given.Tag));
        Assert.Equal(0, second.Reads);
    }

    [Fact]
    public async Task ChangedSince_TheOthersAnswerIsNotGiven()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await first.GetAsync();
        await SharedAsync();
        second.Host.History.Add(Ticks.Tick("A", 77, 0, revision: 2));
        second.Tell();

        var read = await second.GetAsync();
        Assert.Equal(Answer.Stale, read.Cache);
        Assert.Contains("\"price\":77,", read.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherPrefix_IsAnotherHistory()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync("staging");
        await first.GetAsync();
        await SharedAsync();
        Assert.Equal(Answer.Miss, (await second.GetAsync()).Cache);
    }

    [Fact]
    public async Task RedisKilled_AnswersComeAndTheLogSaysSoOnce()
    {
        await using var gateway = await StartAsync();
        await gateway.GetAsync();
        await SharedAsync();
        await _redis.KillAsync();

        for (var limit = 1; limit <= 20; limit++)
        {
            Assert.Equal(200, (await gateway.GetAsync(CachingGateway.History + $"&limit={limit}")).Status);
            gateway.Pass(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(Answer.Hit, (await gateway.GetAsync(CachingGateway.History + "&limit=20")).Cache);
        Assert.Single(Warnings(gateway));

        await _redis.StartAsync();
        await Eventually.TrueAsync(
            async () =>
            {
                gateway.Pass(SharedLevel.Rest);
                gateway.Tell();
                await gateway.GetAsync();
                return gateway.Log.Lines.Any(line => line.Text.Contains("Redis answers again", StringComparison.Ordinal));
            },
            "Redis is used again");
        Assert.Single(Warnings(gateway));
    }

    [Fact]
    public async Task RedisAwayAtTheStart_AnswersCome()
    {
        await _redis.KillAsync();
        await using var gateway = await StartAsync();
        Assert.Equal((200, Answer.Miss), (await AnsweredAsync(gateway, CachingGateway.History) is var read ? (read.Status, read.Cache) : default));
        Assert.Equal(Answer.Hit, (await gateway.GetAsync()).Cache);
        Assert.Single(Warnings(gateway));
    }

    [Fact]
    public async Task RedisHangs_CostsOneCallerAMoment()
    {
        await using var gateway = await StartAsync();
        await gateway.GetAsync();
        await SharedAsync();
        _redis.HoldUp();
        try
        {
            Assert.Equal(200, (await AnsweredAsync(gateway, CachingGateway.History + "&limit=1")).Status);

            var watch = Stopwatch.StartNew();
            for (var limit = 2; limit <= 10; limit++) Assert.Equal(200, (await gateway.GetAsync(CachingGateway.History + $"&limit={limit}")).Status);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), "nobody else waits");
        }
        finally
        {
            _redis.GoOn();
        }
    }

    /// <summary>The answer to a caller who waits as long as a call of Redis may take.</summary>
    private static async Task<Answer> AnsweredAsync(CachingGateway gateway, string path)
    {
        var asked = gateway.GetAsync(path);
        await Eventually.TrueAsync(
            () =>
            {
                gateway.Clock.Advance(SharedLevel.Patience);
                gateway.Silo.Tell();
                return asked.IsCompleted;
            },
            "answered");
        return await asked;
    }

    private static List<LogRecorder.Line> Warnings(CachingGateway gateway) =>
        [.. gateway.Log.Lines.Where(line => line.Level >= LogLevel.Warning && line.Event != "WebRootPathNotFound")];

    /// <summary>An answer is put away after it is given.</summary>
    private async Task SharedAsync()
    {
        await using var redis = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(_redis.Address);
        await Eventually.TrueAsync(() => redis.GetServers()[0].Keys(pattern: "*:answers:*").Any(), "an answer is in Redis");
    }
}
