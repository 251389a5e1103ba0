namespace OptiBid.Connectors.Feeds;

/// <summary>One value of what drives a zone's prices, for one interval.</summary>
/// <param name="Kind">What it is, and in which unit.</param>
/// <param name="Start">Start of the interval, UTC.</param>
/// <param name="Minutes">Length of the interval.</param>
/// <param name="Value">Finite.</param>
/// <param name="PublishedAt">When the market published it, UTC; nominal where the market does not say.</param>
public readonly record struct Fundamental(FundamentalKind Kind, DateTimeOffset Start, int Minutes, double Value, DateTimeOffset PublishedAt);

/// <summary>What a <see cref="Fundamental"/> tells of a zone as a whole.</summary>
public enum FundamentalKind
{
    /// <summary>Load as metered or estimated, MW.</summary>
    Load,

    /// <summary>Load forecast, MW.</summary>
    LoadForecast,

    /// <summary>Forecast of wind output, MW.</summary>
    WindForecast,

    /// <summary>Forecast of solar output, MW.</summary>
    SolarForecast,

    /// <summary>Share of generation from renewable sources as it was, percent (0 to 100).</summary>
    RenewableShare,
}
