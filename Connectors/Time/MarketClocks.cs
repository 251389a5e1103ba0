using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Time;

/// <summary>The wall clock each market labels its intervals by.</summary>
public static class MarketClocks
{
    /// <summary>Eastern Prevailing Time.</summary>
    public static TimeZoneInfo Eastern { get; } = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    /// <summary>Central Prevailing Time.</summary>
    public static TimeZoneInfo Central { get; } = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");

    /// <summary>Pacific Prevailing Time.</summary>
    public static TimeZoneInfo Pacific { get; } = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    /// <summary>Eastern Standard Time, all year round.</summary>
    public static TimeZoneInfo EasternStandard { get; } =
        TimeZoneInfo.CreateCustomTimeZone("EST all year", TimeSpan.FromHours(-5), "EST all year", "EST all year");

    /// <summary>The zone's wall clock.</summary>
    public static TimeZoneInfo Of(MarketZone zone) => zone switch
    {
        MarketZone.CAISO => Pacific,
        MarketZone.ERCOT or MarketZone.SPP => Central,
        MarketZone.MISO => EasternStandard,
        _ => Eastern,
    };
}
