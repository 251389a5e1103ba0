namespace OptiBid.Connectors.Simulation;

/// <summary>
/// Random numbers by address instead of by order: the same key gives the same number in any process, so a
/// simulated series can be entered anywhere and goes on after a restart as if nothing had happened.
/// </summary>
internal static class Noise
{
    /// <summary>A key from a seed and a stream of numbers.</summary>
    public static ulong Key(ulong seed, ulong stream) => Mix(seed * 0x9E3779B97F4A7C15UL + Mix(stream));

    /// <summary>A key from a text (FNV-1a), equal on every platform.</summary>
    public static ulong Key(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211UL;
        return Mix(hash);
    }

    /// <summary>Uniform on [0, 1).</summary>
    public static double Uniform(ulong key, long at) => (Mix(key + (ulong)at * 0xD1B54A32D192ED03UL) >> 11) * (1.0 / (1UL << 53));

    /// <summary>
    /// Mean 0, variance 1, near enough to normal for prices: the sum of four uniforms (Irwin–Hall), one hash.
    /// </summary>
    public static double Normal(ulong key, long at)
    {
        var bits = Mix(key ^ Mix((ulong)at));
        var sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        return (sum / 65536.0 - 2.0) * 1.7320508075688772;
    }

    /// <summary>Finaliser of splitmix64 (Steele, Lea and Flood, 2014): every input bit reaches every output bit.</summary>
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
