using OptiBid.Gateway.Api.Prices;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Api.Prices;

public class SpreadsTests
{
    [Fact]
    public void NewestRealTime_SeveralSeries_IsTheLatestIntervalAndThenTheShortest()
    {
        PriceUpdate[] newest =
        [
            Ticks.Update(interval: 5, type: PriceType.DayAheadHourly), Ticks.Update(price: 1, interval: 1, type: PriceType.RealTime15Min),
            Ticks.Update(price: 2, interval: 3), Ticks.Update(price: 3, type: PriceType.RealTimeHourly),
        ];
        Assert.Equal(2, Spreads.NewestRealTime(newest)!.Value.Price);
        Assert.Null(Spreads.NewestRealTime(newest[..1]));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(11, 0, true)]
    [InlineData(12, 0, false)]
    [InlineData(12, 1, true)]
    public void Dart_HourCoversTheInterval_OrThereIsNone(int interval, int hour, bool isThere)
    {
        var spread = Spreads.Dart(Ticks.Tick(price: -5, interval: interval), Ticks.Tick(price: 10, interval: hour, type: PriceType.DayAheadHourly));
        Assert.Equal(isThere ? 15 : null, spread?.Value);
    }

    [Fact]
    public void Basis_OtherIntervalOrSeries_IsNone()
    {
        var location = Ticks.Tick("A", 10, interval: 3);
        Assert.Equal(-2, Spreads.Basis(location, Ticks.Tick("HUB", 12, interval: 3))!.Value);
        Assert.Null(Spreads.Basis(location, Ticks.Tick("HUB", 12, interval: 2)));
        Assert.Null(Spreads.Basis(location, Ticks.Tick("HUB", 12, interval: 1, type: PriceType.RealTime15Min)));
        Assert.Null(Spreads.Basis(location, null));
    }
}
