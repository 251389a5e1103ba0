using OptiBid.Grains.Volatility;

namespace OptiBid.Grains.Tests.Volatility;

public sealed class PriceComponentsTests
{
    // The numbers lie in saved states: whoever changes them must raise LocationBookFormat's version.
    [Theory]
    [InlineData(null, null, null, 395547108)]
    [InlineData(30.10, 1.00, 0.32, -953536694)]
    [InlineData(0.0, null, -0.5, 615453756)]
    public void Hash_SameComponents_IsTheSameInEveryProcess(double? energy, double? congestion, double? loss, int expected) =>
        Assert.Equal(expected, PriceComponents.Hash(energy, congestion, loss));

    [Fact]
    public void Hash_AllMixesOfFewValues_AreToldApart()
    {
        double?[] values = [null, 0, 1, -1, 2, 0.5, 28, 30, -30, 1e-9, double.Epsilon, 5_000];
        var hashes = from energy in values from congestion in values from loss in values select PriceComponents.Hash(energy, congestion, loss);

        Assert.Equal(values.Length * values.Length * values.Length, hashes.Distinct().Count());
    }

    [Fact]
    public void Hash_NegativeZero_IsZero() => Assert.Equal(PriceComponents.Hash(0.0, 0.0, 0.0), PriceComponents.Hash(-0.0, 0.0, -0.0));
}
