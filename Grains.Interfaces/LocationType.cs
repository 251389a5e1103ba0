using System.Text.Json.Serialization;

namespace OptiBid.Grains.Interfaces;

/// <summary>What kind of place a location is; the member's upper-case name is its name on the wire.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LocationType>))]
public enum LocationType : byte
{
    /// <summary>Trading hub: a fixed basket of nodes.</summary>
    [JsonStringEnumMemberName("HUB")] Hub = 1,

    /// <summary>Load or transmission zone.</summary>
    [JsonStringEnumMemberName("ZONE")] Zone = 2,

    /// <summary>Border with a neighbouring market.</summary>
    [JsonStringEnumMemberName("INTERFACE")] Interface = 3,

    /// <summary>Generator or resource node.</summary>
    [JsonStringEnumMemberName("GEN")] Gen = 4,

    /// <summary>Load node.</summary>
    [JsonStringEnumMemberName("LOAD")] Load = 5,

    /// <summary>Pricing node of no further kind.</summary>
    [JsonStringEnumMemberName("NODE")] Node = 6,

    /// <summary>Electrical bus.</summary>
    [JsonStringEnumMemberName("BUS")] Bus = 7,

    /// <summary>Aggregate of nodes.</summary>
    [JsonStringEnumMemberName("AGGREGATE")] Aggregate = 8,
}
