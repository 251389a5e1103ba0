namespace OptiBid.Connectors.Simulation;

/// <summary>Load and supply of a market in one five-minute interval, MW.</summary>
internal sealed record GridState
{
    /// <summary>Number of the interval since the Unix epoch.</summary>
    public required long Step { get; init; }

    /// <summary>The moment on the market's clock.</summary>
    public required MarketCalendar.Moment Moment { get; init; }

    /// <summary>Load.</summary>
    public required double Load { get; init; }

    /// <summary>Load as expected the day before.</summary>
    public required double LoadForecast { get; init; }

    /// <summary>Output that the wind allows.</summary>
    public required double Wind { get; init; }

    /// <summary>Wind output as expected the day before.</summary>
    public required double WindForecast { get; init; }

    /// <summary>Output that the sun allows.</summary>
    public required double Solar { get; init; }

    /// <summary>Solar output as expected the day before.</summary>
    public required double SolarForecast { get; init; }

    /// <summary>Output of the batteries; negative while they charge.</summary>
    public required double Storage { get; init; }

    /// <summary>Share of the plants that is not out of service.</summary>
    public required double Available { get; init; }

    /// <summary>Price of gas as a share of its usual price.</summary>
    public required double Gas { get; init; }

    /// <summary>What is left for plants that burn something, run on water or import.</summary>
    public double NetLoad => Load - Wind - Solar - Storage;

    /// <summary>The same as expected the day before.</summary>
    public double NetLoadForecast => LoadForecast - WindForecast - SolarForecast - Storage;
}
