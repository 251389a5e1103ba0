using Microsoft.Extensions.Options;

namespace OptiBid.Gateway.Tests.Caching;

public sealed class CacheSettingsTests
{
    [Fact]
    public async Task Disabled_EveryCallReadsTheHistory()
    {
        await using var gateway = await CachingGateway.StartAsync(new() { ["Cache:Enabled"] = "false" });
        await gateway.GetAsync();
        Assert.Equal(Answer.Bypass, (await gateway.GetAsync()).Cache);
        Assert.Equal(2, gateway.Reads);
    }

    [Fact]
    public async Task AnswerTooLarge_IsGivenAndNotKept()
    {
        await using var gateway = await CachingGateway.StartAsync(new() { ["Cache:MaxAnswerBytes"] = "2000" });
        var first = await gateway.GetAsync();
        Assert.InRange(first.Body.Length, 2_001, 100_000);
        Assert.Equal("OptiBid; fwd=miss", first.Cache);
        Assert.Equal(first.Body, (await gateway.GetAsync()).Body);
        Assert.Equal(2, gateway.Reads);

        var small = CachingGateway.History + "&limit=2";
        await gateway.GetAsync(small);
        Assert.Equal(Answer.Hit, (await gateway.GetAsync(small)).Cache);
        Assert.DoesNotContain(gateway.Log.Lines, line => line.Text.Contains("exceeded", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task MemoryIsFull_AnswersStillCome()
    {
        await using var gateway = await CachingGateway.StartAsync(new() { ["Cache:MaxAnswerBytes"] = "20000", ["Cache:MemoryBytes"] = "20000" });
        for (var limit = 1; limit <= 30; limit++) Assert.Equal(200, (await gateway.GetAsync(CachingGateway.History + $"&limit={limit}")).Status);
        Assert.Equal(30, gateway.Reads);
    }

    [Theory]
    [InlineData("MaxAnswerBytes", "12")]
    [InlineData("MemoryBytes", "1000")]
    [InlineData("Lifetime", "00:00:00")]
    [InlineData("RecentLifetime", "01:00:00")]
    [InlineData("ClockTolerance", "-00:00:01")]
    [InlineData("Prefix", "a b")]
    [InlineData("Prefix", "")]
    [InlineData("Redis", "redis:6379,sesame=1")]
    [InlineData("Redis", "redis://:sesame@redis:6379")]
    [InlineData("Redis", "password=sesame")]
    public async Task Wrong_IsSaidAtTheStart(string key, string value)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => CachingGateway.StartAsync(new() { ["Cache:" + key] = value }));
        Assert.Contains("Cache:" + key, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", refused.Message, StringComparison.Ordinal);
    }
}
