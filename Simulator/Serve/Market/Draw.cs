namespace OptiBid.Simulator.Serve.Market;

/// <summary>Chance by address: the same key always draws the same number, in any process.</summary>
internal static class Draw
{
    /// <summary>A number of at least 0 and less than 1.</summary>
    public static double Unit(long key, long instant, string? place = null)
    {
        var hash = 14695981039346656037UL ^ ((ulong)key * 0x9E3779B97F4A7C15UL);
        hash = (hash ^ (ulong)instant) * 1099511628211UL;
        foreach (var letter in place ?? "") hash = (hash ^ letter) * 1099511628211UL;
        // Finaliser of splitmix64 (Steele, Lea and Flood, 2014).
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return ((hash ^ (hash >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>The draw for an interval.</summary>
    public static double Unit(long key, DateTimeOffset instant, string? place = null) => Unit(key, instant.UtcTicks / TimeSpan.TicksPerSecond, place);
}
