namespace OptiBid.Grains.Interfaces;

/// <summary>A price change as it is shown.</summary>
public static class PriceChange
{
    /// <summary>Decimals kept, $/MWh: more than any market publishes, fewer than two prices' difference has noise in.</summary>
    public const int Decimals = 9;

    /// <summary>The change without the noise of binary fractions: 25.64 − 25.62 is 0.02.</summary>
    /// <param name="change">Difference of two prices, $/MWh.</param>
    public static double Shown(double change) => Math.Round(change, Decimals) + 0.0;
}
