using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Time;

public sealed class DayAheadPublicationTests
{
    [Theory]
    [InlineData("2025-03-09T05:00Z", MarketZone.PJM, "2025-03-08T18:00Z")]
    [InlineData("2025-03-10T03:00Z", MarketZone.PJM, "2025-03-08T18:00Z")]
    [InlineData("2025-03-10T04:00Z", MarketZone.PJM, "2025-03-09T17:00Z")]
    [InlineData("2026-11-01T07:00Z", MarketZone.ERCOT, "2026-10-31T18:00Z")]
    public void Of_HourOfADeliveryDay_IsOnePmTheDayBefore(string start, MarketZone zone, string published) =>
        Assert.Equal(DateTimeOffset.Parse(published), DayAheadPublication.Of(DateTimeOffset.Parse(start), zone));
}
