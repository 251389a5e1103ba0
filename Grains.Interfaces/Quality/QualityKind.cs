using System.Text.Json.Serialization;

namespace OptiBid.Grains.Interfaces;

/// <summary>What is the matter with the data.</summary>
[GenerateSerializer, Alias("optibid.QualityKind")]
[JsonConverter(typeof(JsonStringEnumConverter<QualityKind>))]
public enum QualityKind : byte
{
    /// <summary>A real-time price has been the same for many intervals.</summary>
    [JsonStringEnumMemberName("FLAT_LINED")] FlatLined = 1,

    /// <summary>A real-time price lies far from the median of its last 24 hours.</summary>
    [JsonStringEnumMemberName("SPIKE")] Spike = 2,

    /// <summary>Energy, congestion and loss do not add up to the price.</summary>
    [JsonStringEnumMemberName("COMPONENT_MISMATCH")] ComponentMismatch = 3,

    /// <summary>A feed's next interval is overdue.</summary>
    [JsonStringEnumMemberName("STALE_FEED")] StaleFeed = 4,

    /// <summary>Intervals of an hour that a feed delivered are missing from all or most of its locations.</summary>
    [JsonStringEnumMemberName("GAP")] Gap = 5,

    /// <summary>An hour has fewer prices than the feed's locations and cadence make expect.</summary>
    [JsonStringEnumMemberName("INCOMPLETE")] Incomplete = 6,

    /// <summary>Records or rows were refused.</summary>
    [JsonStringEnumMemberName("REJECTED")] Rejected = 7,
}

/// <summary>How much a finding matters.</summary>
[GenerateSerializer, Alias("optibid.QualitySeverity")]
[JsonConverter(typeof(JsonStringEnumConverter<QualitySeverity>))]
public enum QualitySeverity : byte
{
    /// <summary>The data may well be right: markets do spike and repeat themselves.</summary>
    [JsonStringEnumMemberName("INFO")] Info = 1,

    /// <summary>Some data is wrong or missing.</summary>
    [JsonStringEnumMemberName("WARNING")] Warning = 2,

    /// <summary>A feed is not to be relied on.</summary>
    [JsonStringEnumMemberName("CRITICAL")] Critical = 3,
}
