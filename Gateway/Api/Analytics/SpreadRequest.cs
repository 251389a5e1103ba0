using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Analytics;

/// <summary>Which two series a spread is of.</summary>
/// <param name="Kind">dart or basis.</param>
/// <param name="PriceType">Series of the price.</param>
/// <param name="ReferenceType">Series of the reference.</param>
internal sealed record SpreadRequest(string Kind, PriceType PriceType, PriceType ReferenceType)
{
    public const string Dart = "dart";
    public const string Basis = "basis";

    public static readonly Parameter KindParameter = new("kind", ParameterKind.Text,
        "dart: the day-ahead price of the hour minus the mean real-time price of the hour. basis: the location's price minus its hub's, interval by interval.")
    {
        Allowed = [Dart, Basis],
        IsRequired = true,
        Example = Dart,
    };

    public static readonly Parameter TypeParameter = AnalyticsParameters.PriceType with
    {
        Description = "dart: the real-time series; left out, REAL_TIME_15_MIN for ERCOT and REAL_TIME_5_MIN elsewhere. basis: the series of both; left out, DAY_AHEAD_HOURLY.",
        Example = "REAL_TIME_5_MIN",
    };

    public bool IsDart => Kind == Dart;

    /// <exception cref="ApiProblem">A DART spread with a day-ahead series in the place of the real-time one.</exception>
    public static SpreadRequest Read(RequestValues values, MarketZone zone)
    {
        PriceType? asked = values.PriceTypes(TypeParameter) is [var type] ? type : null;
        if (string.Equals(values.Text(KindParameter), Basis, StringComparison.OrdinalIgnoreCase))
            return new SpreadRequest(Basis, asked ?? PriceType.DayAheadHourly, asked ?? PriceType.DayAheadHourly);

        // ERCOT settles real time by the quarter of an hour; its five-minute prices are of dispatch runs, which begin at any minute.
        var realTime = asked ?? (zone == MarketZone.ERCOT ? PriceType.RealTime15Min : PriceType.RealTime5Min);
        return realTime.IsDayAhead()
            ? throw ApiProblem.InvalidParameter(TypeParameter.Name, values.Text(TypeParameter), "price_type of a dart spread is its real-time series.")
            : new SpreadRequest(Dart, PriceType.DayAheadHourly, realTime);
    }
}
