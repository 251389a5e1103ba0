namespace OptiBid.Connectors.Simulation;

/// <summary>Load of a market: what its customers do at that hour, and what the temperature adds. MW and °C.</summary>
internal sealed record LoadModel
{
    /// <summary>Average load of a working day in mild weather.</summary>
    public required double Base { get; init; }

    /// <summary>Mild-weather load of each hour of a working day as a share of <see cref="Base"/>, hour 0 first.</summary>
    public required double[] Shape { get; init; }

    /// <summary>Share of <see cref="Base"/> missing on a Sunday.</summary>
    public required double Weekend { get; init; }

    /// <summary>Mean temperature of the year.</summary>
    public required double Temperature { get; init; }

    /// <summary>How much warmer midsummer is than the year.</summary>
    public required double Season { get; init; }

    /// <summary>How much warmer mid-afternoon is than the day.</summary>
    public required double Day { get; init; }

    /// <summary>Standard deviation of the weather around the season.</summary>
    public required double Weather { get; init; }

    /// <summary>MW for each degree above 18 °C.</summary>
    public required double Cooling { get; init; }

    /// <summary>MW for each degree below 13 °C.</summary>
    public required double Heating { get; init; }

    /// <summary>Standard deviation of the day-ahead load forecast's error as a share of load.</summary>
    public required double ForecastError { get; init; }

    /// <summary>Load at a moment.</summary>
    /// <param name="moment">When.</param>
    /// <param name="weather">The weather's deviation from the season in standard deviations.</param>
    public double At(MarketCalendar.Moment moment, double weather)
    {
        // The year is hottest and coldest a month after its longest and shortest day, the day at four.
        var temperature = Temperature + Season * Curves.Cos(moment.Year - 0.556) + Day * Curves.Cos((moment.Hour - 16) / 24) + Weather * weather;
        return Base * (ShapeAt(moment.Hour) - Weekend * (1 - moment.Work))
            + Cooling * Math.Max(0, temperature - 18)
            + Heating * Math.Max(0, 13 - temperature);
    }

    private double ShapeAt(double hour)
    {
        var whole = (int)hour;
        // The table holds the middles of hours; a cubic through four of them (Catmull and Rom, 1974) has no corners.
        var x = hour - whole - 0.5;
        if (x < 0) (x, whole) = (x + 1, whole + 23);
        double a = Shape[(whole + 23) % 24], b = Shape[whole % 24], c = Shape[(whole + 1) % 24], d = Shape[(whole + 2) % 24];
        return b + 0.5 * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a)));
    }
}
