using System.Text.Json.Serialization;

namespace OptiBid.Grains.Interfaces;

/// <summary>
/// The independent system operator (ISO/RTO) whose market sets a price. The member's name is its name on
/// the wire; the Kafka topic of a zone's prices is <c>market_data.&lt;zone in lower case&gt;</c>.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<MarketZone>))]
public enum MarketZone : byte
{
    /// <summary>PJM Interconnection (Mid-Atlantic and Midwest; Eastern Prevailing Time).</summary>
    PJM = 1,

    /// <summary>California ISO (Pacific Prevailing Time).</summary>
    CAISO = 2,

    /// <summary>Electric Reliability Council of Texas (Central Prevailing Time).</summary>
    ERCOT = 3,

    /// <summary>New York ISO.</summary>
    NYISO = 4,

    /// <summary>ISO New England.</summary>
    ISONE = 5,

    /// <summary>Midcontinent ISO (Eastern Standard Time all year).</summary>
    MISO = 6,

    /// <summary>Southwest Power Pool.</summary>
    SPP = 7,
}
