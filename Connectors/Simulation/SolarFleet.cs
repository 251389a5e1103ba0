namespace OptiBid.Connectors.Simulation;

/// <summary>The solar farms of a market, on trackers, around one place on the globe.</summary>
/// <param name="Capacity">MW.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east; negative in America.</param>
/// <param name="Clouds">Share of the output that full cloud takes.</param>
/// <param name="ForecastError">Share of the clouds' variance that is not known the day before.</param>
internal sealed record SolarFleet(double Capacity, double Latitude, double Longitude, double Clouds, double ForecastError)
{
    private readonly double _sinLatitude = Curves.Cos(0.25 - Latitude / 360);
    private readonly double _cosLatitude = Curves.Cos(Latitude / 360);

    /// <summary>Output the sun allows, MW.</summary>
    /// <param name="instant">When.</param>
    /// <param name="year">Share of the year gone by.</param>
    /// <param name="cloud">Cloudiness in standard deviations; positive is cloudier.</param>
    public double At(DateTimeOffset instant, double year, double cloud)
    {
        var height = Height(instant, year);
        if (height <= 0) return 0;
        // A tracker turns to the sun, so it is near its best long before noon.
        var clear = Math.Min(1, 1.27 * height / (height + 0.22));
        return Capacity * clear * (1 - Clouds * Curves.Logistic(1.5 * cloud - 1));
    }

    /// <summary>Sine of the sun's height above the horizon, by declination and hour angle.</summary>
    private double Height(DateTimeOffset instant, double year)
    {
        // Declination in turns: 23.44° at midsummer, day 172.
        var declination = 23.44 / 360 * Curves.Cos(year - 0.4709);
        var hourAngle = (instant.UtcDateTime.TimeOfDay.TotalHours + Longitude / 15 - 12) / 24;
        return _sinLatitude * Curves.Cos(0.25 - declination) + _cosLatitude * Curves.Cos(declination) * Curves.Cos(hourAngle);
    }
}
