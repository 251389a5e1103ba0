namespace OptiBid.Grains.Interfaces;

/// <summary>
/// A finding about the data that began, or that ended (<see cref="EndedAt"/>). One that is told twice, as after a restart, has
/// the same <see cref="Id"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("optibid.QualityEvent")]
public sealed record QualityEvent
{
    /// <summary>Names the finding: made of what it is about and where it began, never drawn.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The market.</summary>
    [Id(1)] public required MarketZone Zone { get; init; }

    /// <summary>The feed; null where the price named none.</summary>
    [Id(2)] public string? Feed { get; init; }

    /// <summary>The market's id of the place; null for what concerns a feed or many places.</summary>
    [Id(3)] public string? Location { get; init; }

    /// <summary>The price series; null where it is not known.</summary>
    [Id(4)] public PriceType? PriceType { get; init; }

    /// <summary>What is the matter.</summary>
    [Id(5)] public required QualityKind Kind { get; init; }

    /// <summary>How much it matters.</summary>
    [Id(6)] public required QualitySeverity Severity { get; init; }

    /// <summary>Start of the interval or hour with which it began, UTC.</summary>
    [Id(7)] public required DateTimeOffset Timestamp { get; init; }

    /// <summary>When it was seen, UTC.</summary>
    [Id(8)] public required DateTimeOffset ObservedAt { get; init; }

    /// <summary>When it was seen to have ended, UTC; null while it lasts.</summary>
    [Id(9)] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What was measured: a price or a distance in $/MWh, a percentage, seconds or a count, as the kind has it.</summary>
    [Id(10)] public double? Value { get; init; }

    /// <summary>The limit it is measured against, in the same unit.</summary>
    [Id(11)] public double? Limit { get; init; }

    /// <summary>How many findings this one stands for; more than one where a storm of them was summed up.</summary>
    [Id(12)] public int Count { get; init; } = 1;

    /// <summary>The finding in words.</summary>
    [Id(13)] public required string Message { get; init; }

    /// <summary>The id of a finding.</summary>
    public static string IdOf(MarketZone zone, QualityKind kind, string about, PriceType? type, DateTimeOffset began) =>
        $"{zone.Name()}/{kind.Name()}/{about}/{type?.Name()}/{began.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}";
}
