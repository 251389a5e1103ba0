namespace OptiBid.Grains.Interfaces.Tests;

public sealed class PriceChangeTests
{
    [Theory]
    [InlineData(25.62, 25.64, 0.02)]
    [InlineData(28.348916, 40.164347, 11.815431)]
    [InlineData(-251, 5_000, 5_251)]
    [InlineData(0.3, 0.1, -0.2)]
    public void Shown_DifferenceOfPublishedPrices_HasTheirDecimals(double before, double after, double expected) =>
        Assert.Equal(expected, PriceChange.Shown(after - before));

    [Fact]
    public void Shown_NoiseBelowZero_IsZeroWithoutASign() => Assert.False(double.IsNegative(PriceChange.Shown(-1e-12)));
}
