namespace OptiBid.Client;

/// <summary>
/// The markets, as they are written. Texts and not an enum, here and elsewhere, so that a market that is added later
/// breaks no program.
/// </summary>
public static class MarketZones
{
    /// <summary>PJM Interconnection.</summary>
    public const string Pjm = "PJM";

    /// <summary>California ISO.</summary>
    public const string Caiso = "CAISO";

    /// <summary>Electric Reliability Council of Texas.</summary>
    public const string Ercot = "ERCOT";

    /// <summary>New York ISO.</summary>
    public const string Nyiso = "NYISO";

    /// <summary>ISO New England.</summary>
    public const string IsoNe = "ISONE";

    /// <summary>Midcontinent ISO.</summary>
    public const string Miso = "MISO";

    /// <summary>Southwest Power Pool.</summary>
    public const string Spp = "SPP";
}
