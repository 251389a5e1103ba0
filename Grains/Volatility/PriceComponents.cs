namespace OptiBid.Grains.Volatility;

/// <summary>
/// A price's components as a hash of 32 bits, to tell a republication with other components from a repeated one. The same in
/// every process and for ever: it is saved with the windows and compared after a restart or on another silo.
/// </summary>
internal static class PriceComponents
{
    /// <summary>Stands for a component that was not published: a NaN, which no published number is.</summary>
    private const ulong NotPublished = 0x7FF8_0000_0000_0001;

    /// <summary>FNV-1a's offset basis and prime (64 bits), taken a whole word at a time.</summary>
    private const ulong Basis = 0xCBF2_9CE4_8422_2325;
    private const ulong Prime = 0x0000_0100_0000_01B3;

    /// <summary>The hash of energy, congestion and loss, $/MWh; null where the market published none.</summary>
    public static int Hash(double? energy, double? congestion, double? loss)
    {
        var hash = Mix(Mix(Mix(Basis, energy), congestion), loss);
        return (int)(hash ^ (hash >> 32));
    }

    private static ulong Mix(ulong hash, double? component)
    {
        // Adding zero makes one of the two zeros, which are equal as prices.
        var word = component is { } number ? BitConverter.DoubleToUInt64Bits(number + 0.0) : NotPublished;
        hash = (hash ^ word) * Prime;

        // A round number has its bits at the top, where a multiplication carries them out; this brings them down.
        return (hash ^ (hash >> 29)) * Prime;
    }
}
