namespace OptiBid.Grains.Interfaces;

/// <summary>The wall clock each market labels its intervals by, and whose midnight begins its operating day.</summary>
public static class MarketClocks
{
    /// <summary>Eastern Prevailing Time.</summary>
    public static TimeZoneInfo Eastern { get; } = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    /// <summary>Central Prevailing Time.</summary>
    public static TimeZoneInfo Central { get; } = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");

    /// <summary>Pacific Prevailing Time.</summary>
    public static TimeZoneInfo Pacific { get; } = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    /// <summary>Eastern Standard Time, all year round. (The sign of this IANA name is turned round: it is five hours behind UTC.)</summary>
    public static TimeZoneInfo EasternStandard { get; } = TimeZoneInfo.FindSystemTimeZoneById("Etc/GMT+5");

    /// <summary>Every clock that some market keeps, and UTC. All are whole hours from UTC.</summary>
    public static IReadOnlyList<TimeZoneInfo> All { get; } = [Eastern, Central, Pacific, EasternStandard, TimeZoneInfo.Utc];

    /// <summary>The zone's wall clock.</summary>
    public static TimeZoneInfo Of(MarketZone zone) => zone switch
    {
        MarketZone.CAISO => Pacific,
        MarketZone.ERCOT or MarketZone.SPP => Central,
        MarketZone.MISO => EasternStandard,
        _ => Eastern,
    };
}
