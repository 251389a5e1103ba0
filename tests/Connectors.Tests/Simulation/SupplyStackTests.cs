using FsCheck.Xunit;
using OptiBid.Connectors.Simulation;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Simulation;

public sealed class SupplyStackTests
{
    private static readonly MarketZone[] Zones = [MarketZone.PJM, MarketZone.CAISO, MarketZone.ERCOT, MarketZone.NYISO];

    [Property]
    public bool Price_MoreNetLoad_IsNeverCheaper(byte zone, ushort share, ushort more, byte gas)
    {
        var stack = GridProfile.Of(Zones[zone % 4]).Stack;
        var most = stack.Capacity(1) * 1.1;
        var (low, high) = (most * share / ushort.MaxValue, most * share / ushort.MaxValue + most * more / ushort.MaxValue);
        var level = 0.5 + gas / 100.0;

        return stack.Price(low, 10_000, 0.9, level) <= stack.Price(high, 10_000, 0.9, level);
    }

    [Fact]
    public void Price_LessNetLoadThanMustRun_IsNegativeAndEndsAtTheOffer()
    {
        var stack = GridProfile.Of(MarketZone.CAISO).Stack;

        Assert.Equal(0, stack.Price(stack.MustRunMw, 15_000, 0.9, 1), 1e-9);
        Assert.InRange(stack.Price(stack.MustRunMw - 3_000, 15_000, 0.9, 1), -40, -10);
        Assert.InRange(stack.Price(stack.MustRunMw - 15_000, 15_000, 0.9, 1), -stack.CurtailmentOffer, -40);
    }

    [Fact]
    public void Adder_FewerReserves_RisesSteeplyToTheCap()
    {
        var scarcity = MarketProfile.Of(MarketZone.ERCOT).Scarcity;
        double Price(double reserves) => 80 + scarcity.Adder(reserves, 80, 5000);

        Assert.Equal(5000, Price(scarcity.Minimum));
        Assert.Equal(5000, Price(0));
        Assert.InRange(Price(scarcity.Minimum + scarcity.Deviation), 500, 1200);
        Assert.InRange(Price(scarcity.Minimum + 3 * scarcity.Deviation), 85, 150);
        Assert.Equal(80, Price(scarcity.Minimum + 9 * scarcity.Deviation));
    }
}
