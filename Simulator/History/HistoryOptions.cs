using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.History;

/// <summary>What <c>history</c> shall write, and where.</summary>
internal sealed record HistoryOptions
{
    /// <summary>Start of the range, UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Its end, itself left out.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Markets.</summary>
    public required IReadOnlyList<MarketZone> Zones { get; init; }

    /// <summary>Price series.</summary>
    public required IReadOnlyList<PriceType> Types { get; init; }

    /// <summary>Places of each market.</summary>
    public required int Locations { get; init; }

    /// <summary>Same seed, same prices.</summary>
    public required int Seed { get; init; }

    /// <summary>Format of the file.</summary>
    public HistoryFormat Format { get; init; }

    /// <summary>File, <c>-</c> for standard output, or null for Kafka.</summary>
    public string? Out { get; init; }

    /// <summary>Kafka cluster, or null for a file.</summary>
    public string? BootstrapServers { get; init; }

    /// <summary>Why this cannot be done, in a line; null when it can.</summary>
    public string? Problem(DateTimeOffset now)
    {
        if (From >= To) return $"--from {From:u} is not before --to {To:u}";
        if (Zones.Count == 0) return "--zones: name at least one market";
        if (Types.Count == 0) return "--types: name at least one price type";
        if (BootstrapServers is not null && To > now) return $"--to {To:u} lies in the future: what is on Kafka counts as published";
        if (Format == HistoryFormat.Parquet && Out == "-") return "--format parquet needs a file: its index is written last and refers back";
        return null;
    }
}
