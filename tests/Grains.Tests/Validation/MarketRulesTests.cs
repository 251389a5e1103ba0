using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Interfaces.Json;
using OptiBid.Grains.Validation;

namespace OptiBid.Grains.Tests.Validation;

public sealed class MarketRulesTests
{
    private readonly MarketRules _rules = new(Options.Create(new MarketRulesOptions()), new FakeTimeProvider(Prices.Noon));

    private string? Broken(PriceTick tick)
    {
        try
        {
            _rules.Check(tick);
            return null;
        }
        catch (PriceFormatException error)
        {
            return error.Field;
        }
    }

    [Theory]
    [InlineData(MarketZone.ERCOT, 5_000, null)]
    [InlineData(MarketZone.ERCOT, 5_000.01, "price")]
    [InlineData(MarketZone.ERCOT, -251, null)]
    [InlineData(MarketZone.ERCOT, -251.01, "price")]
    [InlineData(MarketZone.PJM, -500, null)]
    [InlineData(MarketZone.PJM, 0, null)]
    [InlineData(MarketZone.PJM, double.NaN, "price")]
    [InlineData(MarketZone.CAISO, double.PositiveInfinity, "price")]
    public void Check_Price_MustBeWithinTheMarketsBounds(MarketZone zone, double price, string? field) =>
        Assert.Equal(field, Broken(Prices.Tick(0, price, zone: zone)));

    [Theory]
    [InlineData(PriceType.RealTime5Min, 12, null)]
    [InlineData(PriceType.RealTime5Min, 13, "timestamp")]
    [InlineData(PriceType.DayAheadHourly, 72, null)]
    [InlineData(PriceType.DayAheadHourly, 73, "timestamp")]
    public void Check_Timestamp_MustNotBeFarAhead(PriceType type, int intervals, string? field) =>
        Assert.Equal(field, Broken(Prices.Tick(intervals, 30, type: type)));

    [Theory]
    [InlineData(PriceType.RealTime5Min, 5 * 60_000, null)]
    [InlineData(PriceType.RealTime5Min, 60_000, "timestamp")]
    [InlineData(PriceType.RealTime5Min, 17_000, "timestamp")]
    [InlineData(PriceType.RealTime5Min, 1, "timestamp")]
    [InlineData(PriceType.RealTime15Min, 15 * 60_000, null)]
    [InlineData(PriceType.RealTime15Min, 5 * 60_000, "timestamp")]
    [InlineData(PriceType.RealTimeHourly, 15 * 60_000, "timestamp")]
    [InlineData(PriceType.DayAheadHourly, 60 * 60_000, null)]
    [InlineData(PriceType.DayAheadHourly, 30 * 60_000, "timestamp")]
    public void Check_Timestamp_MustBeTheStartOfAnInterval(PriceType type, int milliseconds, string? field) =>
        Assert.Equal(field, Broken(Prices.Tick(0, 30, type: type) with { Timestamp = Prices.Noon.AddMilliseconds(milliseconds) }));

    [Theory]
    [InlineData(PriceType.RealTime5Min, 25, null)]
    [InlineData(PriceType.RealTime5Min, 25.1, "published_at")]
    [InlineData(PriceType.DayAheadHourly, 96, null)]
    [InlineData(PriceType.DayAheadHourly, 1_000_000, "published_at")]
    public void Check_PublishedAt_MustNotBeSoFarAheadThatNoCorrectionCanFollow(PriceType type, double hours, string? field) =>
        Assert.Equal(field, Broken(Prices.Tick(0, 30, type: type) with { PublishedAt = Prices.Noon.AddHours(hours) }));

    [Fact]
    public void Check_TimestampWithinAnInterval_SaysWhatStoodThereAndWhatIsAllowed()
    {
        var error = Assert.Throws<PriceFormatException>(() => _rules.Check(Prices.Tick(0, 30) with { Timestamp = Prices.Noon.AddMilliseconds(1) }));
        Assert.Contains("12:00:00.0010000", error.Message, StringComparison.Ordinal);
        Assert.Contains("every 5 minutes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_IntervalThatDoesNotFitTheType_IsRefused() =>
        Assert.Equal("interval_minutes", Broken(Prices.Tick(0, 30) with { IntervalMinutes = 15 }));

    [Fact]
    public void Check_RenewableShareAboveAll_IsRefused() =>
        Assert.Equal("renewable_percentage", Broken(Prices.Tick(0, 30) with { RenewablePercentage = 100.1 }));

    [Fact]
    public void Options_FloorAboveCap_StopTheStart()
    {
        var options = new MarketRulesOptions { Bounds = { ["ERCOT"] = new() { Floor = 6_000 } } };
        Assert.Contains("ERCOT", new MarketRulesOptions.Validator().Validate(null, options).FailureMessage, StringComparison.Ordinal);
    }
}
