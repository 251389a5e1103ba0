using System.Threading.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Connectors.Http;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Http;

public sealed class MarketRateLimitTests
{
    [Fact]
    public void EveryMarket_ItsOwnLimit_LetsOneCallThroughAndNotASecond()
    {
        using var services = new ServiceCollection().AddLogging()
            .AddConnectors(new ConfigurationBuilder().Build(), isDevelopment: false)
            .BuildServiceProvider();

        foreach (var zone in MarketZones.All)
        {
            var limiter = services.GetRequiredKeyedService<RateLimiter>(zone);
            Assert.True(limiter.AttemptAcquire().IsAcquired);
            Assert.False(limiter.AttemptAcquire().IsAcquired);
        }
    }

    [Fact]
    public async Task Create_SpacingSet_KeepsItFromAnyMomentOn()
    {
        using var limiter = MarketRateLimit.Create(callsPerMinute: 240);

        // Whatever the phase of the limiter's own clock, the second call does not follow on the heels of the first.
        for (var phase = 0; phase < 4; phase++)
        {
            using var first = await limiter.AcquireAsync(1, TestContext.Current.CancellationToken);
            var start = TimeProvider.System.GetTimestamp();
            using var second = await limiter.AcquireAsync(1, TestContext.Current.CancellationToken);
            Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds, 150, 5000);
        }
    }
}
