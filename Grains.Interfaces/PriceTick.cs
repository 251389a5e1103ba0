using System.Text.Json.Serialization;

namespace OptiBid.Grains.Interfaces;

/// <summary>
/// One price of one location for one interval, as a market published it. This is the record on Kafka and
/// in the history; its JSON (snake_case) is a contract with other producers.
/// </summary>
/// <remarks>
/// A value that the market did not publish is null. No number is ever NaN or infinite. A struct, because
/// batches of thousands travel and a struct array is one allocation.
/// </remarks>
[GenerateSerializer, Immutable, Alias("optibid.PriceTick")]
public readonly record struct PriceTick
{
    /// <summary>Highest revision a producer may give: no market republishes an interval that often, and the count goes on from it.</summary>
    public const int MaxRevision = 10_000;

    /// <summary>Longest <see cref="Source"/> accepted, in UTF-16 code units.</summary>
    public const int MaxSourceLength = 256;

    /// <summary>Start of the interval, UTC (offset zero): a multiple of the interval's length from the full hour.</summary>
    [Id(0)] public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The market.</summary>
    [Id(1)] public required MarketZone MarketZone { get; init; }

    /// <summary>The price series.</summary>
    [Id(2)] public required PriceType PriceType { get; init; }

    /// <summary>The market's own unique id of the place.</summary>
    [Id(3)] public required string Location { get; init; }

    /// <summary>Length of the interval, minutes.</summary>
    [Id(4)] public short IntervalMinutes { get; init; }

    /// <summary>Locational marginal price (or settlement point price), $/MWh; may be zero or negative.</summary>
    [Id(5)] public required double Price { get; init; }

    /// <summary>System energy component, $/MWh.</summary>
    [Id(6)] public double? EnergyCost { get; init; }

    /// <summary>Marginal congestion component, $/MWh.</summary>
    [Id(7)] public double? CongestionCost { get; init; }

    /// <summary>Marginal loss component, $/MWh.</summary>
    [Id(8)] public double? LossCost { get; init; }

    /// <summary>Energy cleared at the location in the interval, MW.</summary>
    [Id(9)] public double? Volume { get; init; }

    /// <summary>Share of the zone's generation from renewable sources, percent (0 to 100).</summary>
    [Id(10)] public double? RenewablePercentage { get; init; }

    /// <summary>The zone's load forecast for the interval, MW.</summary>
    [Id(11)] public double? LoadForecast { get; init; }

    /// <summary>
    /// When the market (or else the connector) published this value, UTC. A record without it takes its
    /// Kafka timestamp. It orders revisions: the later publication wins.
    /// </summary>
    [Id(12)] public DateTimeOffset PublishedAt { get; init; }

    /// <summary>1 when first seen, one more each time the market republished a different value; 0 before a grain has seen it. From a producer at most <see cref="MaxRevision"/>.</summary>
    [Id(13)] public int Revision { get; init; }

    /// <summary>Which feed it came from, such as <c>pjm:rt_hrl_lmps</c>: at most <see cref="MaxSourceLength"/> characters, none of them a control character.</summary>
    [Id(14)] public string? Source { get; init; }

    /// <summary>The record's place in the order of records, also across logs: of two published at one instant the later record wins.</summary>
    [JsonIgnore]
    [Id(15)] public long Sequence { get; init; }

    /// <summary>The place, as a grain key.</summary>
    [JsonIgnore]
    public LocationId LocationId => new(MarketZone, Location);

    /// <summary>True when both carry the same price and the same components: a republication of this kind is a duplicate.</summary>
    public bool HasSameValue(in PriceTick other) =>
        Price.Equals(other.Price)
        && Nullable.Equals(EnergyCost, other.EnergyCost)
        && Nullable.Equals(CongestionCost, other.CongestionCost)
        && Nullable.Equals(LossCost, other.LossCost);

    /// <summary>True when this record was published after <paramref name="other"/>, or at the same instant and later in the log.</summary>
    public bool IsPublishedAfter(in PriceTick other) =>
        PublishedAt != other.PublishedAt ? PublishedAt > other.PublishedAt : Sequence > other.Sequence;
}
