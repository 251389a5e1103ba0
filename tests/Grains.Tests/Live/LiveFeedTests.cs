using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Live;

namespace OptiBid.Grains.Tests.Live;

public sealed class LiveFeedTests
{
    private readonly LiveFeed _feed = new(
        new GatewayListeners(TimeProvider.System, NullLogger<GatewayListeners>.Instance),
        new GrainInstruments(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()));

    private double Shown => Assert.Single(_feed.Snapshot([MarketZone.PJM])).Tick.Price;

    private static PriceUpdate Update(int interval, double price, int revision = 1) => new(Prices.Tick(interval, price) with { Revision = revision }, null, null, null, null);

    [Fact]
    public void Publish_OlderIntervalOrRevision_DoesNotTakeTheNewestPriceBack()
    {
        _feed.Publish([Update(1, 30, revision: 2)]);
        _feed.Publish([Update(1, 29, revision: 1), Update(0, 28, revision: 3)]);
        Assert.Equal(30, Shown);

        _feed.Publish([Update(1, 31, revision: 3)]);
        Assert.Equal(31, Shown);
        _feed.Publish([Update(2, 32)]);
        Assert.Equal(32, Shown);
    }
}
