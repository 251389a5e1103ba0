using Orleans.Concurrency;

namespace OptiBid.Grains.Interfaces;

/// <summary>
/// What is known of one zone as a whole; its key is the zone's name. It is told by every silo now and then what that silo has
/// counted, reads the rest from the history, and keeps the hourly figures. No price waits for it.
/// </summary>
[Alias("optibid.IZoneGrain")]
public interface IZoneGrain : IGrainWithStringKey
{
    /// <summary>Takes in what a silo has counted since its last report. A report that comes again changes nothing.</summary>
    [Alias("Report")]
    Task ReportAsync(Immutable<ZoneReport> report);

    /// <summary>Each feed's hours that are still open, newest first, and the newest hour that is not.</summary>
    [Alias("GetQuality")]
    Task<ZoneQuality> GetQualityAsync();
}

/// <summary>What a silo has counted of a zone since its last report.</summary>
/// <param name="Silo">The silo; one that has started again is another.</param>
/// <param name="Number">Number of the report, from 1 up.</param>
/// <param name="IsRepeated">True when it has been sent before and nobody knows whether it arrived.</param>
/// <param name="Counts">The counts.</param>
[GenerateSerializer, Immutable, Alias("optibid.ZoneReport")]
public sealed record ZoneReport(
    [property: Id(0)] SiloAddress Silo,
    [property: Id(1)] long Number,
    [property: Id(2)] bool IsRepeated,
    [property: Id(3)] FeedCounts[] Counts);

/// <summary>A feed's counts of one hour; two of the same feed and hour add up.</summary>
[GenerateSerializer, Immutable, Alias("optibid.FeedCounts")]
public readonly record struct FeedCounts
{
    /// <summary>The feed.</summary>
    [Id(0)] public required string Feed { get; init; }

    /// <summary>The price series; null for records that could not be read.</summary>
    [Id(1)] public PriceType? PriceType { get; init; }

    /// <summary>Start of the hour that the ticks' intervals lie in, UTC; for rejected records the hour they came in.</summary>
    [Id(2)] public required DateTimeOffset Hour { get; init; }

    /// <summary>Ticks of intervals that were not known before, in order or not.</summary>
    [Id(3)] public int First { get; init; }

    /// <summary>Of those, intervals before the newest.</summary>
    [Id(4)] public int Late { get; init; }

    /// <summary>Ticks that replaced a price.</summary>
    [Id(5)] public int Revised { get; init; }

    /// <summary>Ticks that changed nothing.</summary>
    [Id(6)] public int Duplicates { get; init; }

    /// <summary>Records that could not be taken.</summary>
    [Id(7)] public int Rejected { get; init; }

    /// <summary>Locations that flat-lined.</summary>
    [Id(8)] public int FlatLined { get; init; }

    /// <summary>Spikes.</summary>
    [Id(9)] public int Spikes { get; init; }

    /// <summary>Ticks whose components do not add up.</summary>
    [Id(10)] public int Mismatches { get; init; }

    /// <summary>Sum of the 24-hour volatilities that newest prices came with, $/MWh.</summary>
    [Id(11)] public double VolatilitySum { get; init; }

    /// <summary>How many they were.</summary>
    [Id(12)] public int VolatilityCount { get; init; }

    /// <summary>Start of the newest interval seen, UTC; the least there is for none.</summary>
    [Id(13)] public DateTimeOffset Newest { get; init; }

    /// <summary>Both together.</summary>
    public static FeedCounts operator +(in FeedCounts one, in FeedCounts other) => one with
    {
        First = one.First + other.First,
        Late = one.Late + other.Late,
        Revised = one.Revised + other.Revised,
        Duplicates = one.Duplicates + other.Duplicates,
        Rejected = one.Rejected + other.Rejected,
        FlatLined = one.FlatLined + other.FlatLined,
        Spikes = one.Spikes + other.Spikes,
        Mismatches = one.Mismatches + other.Mismatches,
        VolatilitySum = one.VolatilitySum + other.VolatilitySum,
        VolatilityCount = one.VolatilityCount + other.VolatilityCount,
        Newest = one.Newest > other.Newest ? one.Newest : other.Newest,
    };
}

/// <summary>What is known of a zone's data now.</summary>
/// <param name="Feeds">Each feed's hours that are not settled yet, and its last settled one; newest first.</param>
/// <param name="IsFromHistory">False while the history has not answered since the grain was activated: received and expected are not known then.</param>
/// <param name="AsOf">When the history was last read, UTC; null while it has not been.</param>
[GenerateSerializer, Immutable, Alias("optibid.ZoneQuality")]
public sealed record ZoneQuality(
    [property: Id(0)] FeedQuality[] Feeds,
    [property: Id(1)] bool IsFromHistory,
    [property: Id(2)] DateTimeOffset? AsOf);
