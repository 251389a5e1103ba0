namespace OptiBid.Grains.Interfaces;

/// <summary>What one feed delivered of one hour, and how. A feed that carries several price types has one for each.</summary>
[GenerateSerializer, Immutable, Alias("optibid.FeedQuality")]
public sealed record FeedQuality
{
    /// <summary>The market.</summary>
    [Id(0)] public required MarketZone Zone { get; init; }

    /// <summary>The feed, as its ticks name it; <see cref="FeedNames"/> for ticks that name none.</summary>
    [Id(1)] public required string Feed { get; init; }

    /// <summary>The price series; null for records that could not be read.</summary>
    [Id(2)] public PriceType? PriceType { get; init; }

    /// <summary>Start of the hour, UTC.</summary>
    [Id(3)] public required DateTimeOffset Hour { get; init; }

    /// <summary>The most locations that one interval of the hour has a price for.</summary>
    [Id(4)] public int Locations { get; init; }

    /// <summary>Prices due by now or come whole before: intervals × the feed's usual number of locations; null for a feed without a cadence to hold it to.</summary>
    [Id(5)] public int? Expected { get; init; }

    /// <summary>Prices delivered, each location and interval counted once.</summary>
    [Id(6)] public int Received { get; init; }

    /// <summary>Intervals that are due and have no price, or one for fewer than half the usual locations.</summary>
    [Id(7)] public int Gaps { get; init; }

    /// <summary>Ticks that repeated a price, or came with one that had been replaced already.</summary>
    [Id(8)] public int Duplicates { get; init; }

    /// <summary>Ticks of intervals before the newest of their location.</summary>
    [Id(9)] public int Late { get; init; }

    /// <summary>Ticks that replaced a price.</summary>
    [Id(10)] public int Revised { get; init; }

    /// <summary>Records on the dead-letter topic, and rows that the connector refused, in this hour.</summary>
    [Id(11)] public int Rejected { get; init; }

    /// <summary>Locations found to have flat-lined.</summary>
    [Id(12)] public int FlatLined { get; init; }

    /// <summary>Spikes found.</summary>
    [Id(13)] public int Spikes { get; init; }

    /// <summary>Ticks whose components do not add up to their price.</summary>
    [Id(14)] public int ComponentMismatches { get; init; }

    /// <summary>Time from the end of the feed's newest interval until <see cref="CalculatedAt"/>, seconds, last taken within the hour; negative for prices set ahead.</summary>
    [Id(15)] public double? FreshnessSeconds { get; init; }

    /// <summary>When this was worked out, UTC.</summary>
    [Id(16)] public DateTimeOffset CalculatedAt { get; init; }

    /// <summary>Flat-lines, spikes and component mismatches together.</summary>
    public int Anomalies => FlatLined + Spikes + ComponentMismatches;

    /// <summary>Received against expected, percent, at most 100; null where nothing is expected.</summary>
    public double? Completeness => Expected is > 0 and var expected ? Math.Round(Math.Min(100, 100.0 * Received / expected), 2) : null;
}
