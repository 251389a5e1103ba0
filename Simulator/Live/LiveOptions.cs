using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.Live;

/// <summary>What <c>live</c> shall publish, and where.</summary>
internal sealed record LiveOptions
{
    /// <summary>Kafka cluster.</summary>
    public required string BootstrapServers { get; init; }

    /// <summary>Markets.</summary>
    public required IReadOnlyList<MarketZone> Zones { get; init; }

    /// <summary>Places of each market.</summary>
    public required int Locations { get; init; }

    /// <summary>Prices a second at the most; null for as many as there are.</summary>
    public double? Rate { get; init; }

    /// <summary>Prices in all; null to go on until stopped.</summary>
    public long? Count { get; init; }

    /// <summary>Same seed, same prices.</summary>
    public required int Seed { get; init; }

    /// <summary>Market time to start at, UTC.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>
    /// Where the simulated time starts: as asked; else so far back that <see cref="Count"/> prices are history by
    /// now; else now.
    /// </summary>
    public DateTimeOffset StartAt(DateTimeOffset now)
    {
        if (Start is { } start) return start;
        if (Count is not { } count) return now;
        var intervals = (count + (long)Locations * Zones.Count - 1) / ((long)Locations * Zones.Count);
        return now - TimeSpan.FromMinutes(5 * (intervals + 1));
    }
}
