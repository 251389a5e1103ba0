using Microsoft.Extensions.Time.Testing;
using OptiBid.Gateway.Live;

namespace OptiBid.Gateway.Tests.Live;

public class SubscriptionTests
{
    private readonly LivePrices _prices = PriceReaderTests.Table();
    private readonly FakeTimeProvider _clock = new(Ticks.Noon);

    [Fact]
    public async Task ReadAsync_ManyUpdatesBetweenTwoSends_SendsTheNewestOnce()
    {
        await using var batches = Open(hz: 4, phase: 0.5);
        var first = batches.MoveNextAsync();
        for (var i = 0; i < 10; i++) _prices.Accept([Ticks.Update(price: i, interval: i)]);
        _clock.Advance(TimeSpan.FromMilliseconds(124));
        Assert.False(first.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(await first);
        Assert.Equal(9, Assert.Single(batches.Current.Prices).Price);
        Assert.Equal(0, batches.Current.Missed);

        var second = batches.MoveNextAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(249));
        Assert.False(second.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await second);
        Assert.Empty(batches.Current.Prices);
    }

    [Fact]
    public async Task ReadAsync_SendTakesSeveralPeriods_ReportsWhatWasPassedOver()
    {
        await using var batches = Open(hz: 1, phase: 0);
        Assert.True(await batches.MoveNextAsync());

        // The send of the first batch takes four seconds, and the market moves on.
        for (var i = 0; i < 5; i++) _prices.Accept([Ticks.Update(price: i, interval: i)]);
        _clock.Advance(TimeSpan.FromSeconds(4));

        Assert.True(await batches.MoveNextAsync());
        Assert.Equal(4, batches.Current.Missed);
        Assert.Equal(4, Assert.Single(batches.Current.Prices).Price);
    }

    [Fact]
    public async Task ReadAsync_SendInTime_ReportsNoLag()
    {
        await using var batches = Open(hz: 1, phase: 0);
        Assert.True(await batches.MoveNextAsync());
        for (var i = 0; i < 5; i++) _prices.Accept([Ticks.Update(price: i, interval: i)]);
        _clock.Advance(TimeSpan.FromSeconds(1.9));

        Assert.True(await batches.MoveNextAsync());
        Assert.Equal(0, batches.Current.Missed);
    }

    [Theory]
    [InlineData(0.2, 1.2, 0)]
    [InlineData(0.9, 1, 0)]
    [InlineData(1.5, 1, 0)]
    [InlineData(2.5, 2, 1)]
    [InlineData(7.1, 7, 6)]
    public void Next_AnyDelay_StaysOnTheGrid(double done, double expected, int expectedSkipped)
    {
        var rate = SendRate.Of(1, 0);
        var due = TimeSpan.FromSeconds(expected is 1.2 ? 0.2 : 0);
        Assert.Equal(TimeSpan.FromSeconds(expected), rate.Next(due, TimeSpan.FromSeconds(done), out var skipped));
        Assert.Equal(expectedSkipped, skipped);
    }

    private IAsyncEnumerator<PriceBatch> Open(double hz, double phase) =>
        new Subscription(_prices, PriceReaderTests.Instruments(), new PriceFilter(ZoneSet.All), SendRate.Of(hz, phase), _clock)
            .ReadAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
}
