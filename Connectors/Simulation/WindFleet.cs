namespace OptiBid.Connectors.Simulation;

/// <summary>The wind farms of a market.</summary>
/// <param name="Capacity">MW.</param>
/// <param name="Level">Logit of the capacity factor in average wind: -0.7 is a third.</param>
/// <param name="Season">What spring adds to it.</param>
/// <param name="Day">What the windiest hour adds to it.</param>
/// <param name="Windiest">That hour on the market's clock.</param>
/// <param name="ForecastError">Share of the wind's variance that is not known the day before.</param>
internal sealed record WindFleet(double Capacity, double Level, double Season, double Day, double Windiest, double ForecastError)
{
    /// <summary>Output the wind allows, MW.</summary>
    /// <param name="moment">When.</param>
    /// <param name="wind">The wind's deviation from season and hour in standard deviations.</param>
    public double At(MarketCalendar.Moment moment, double wind) => Capacity * Curves.Logistic(
        Level + Season * Curves.Cos(moment.Year - 0.26) + Day * Curves.Cos((moment.Hour - Windiest) / 24) + 1.1 * wind);
}
