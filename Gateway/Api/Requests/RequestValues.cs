using System.Globalization;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Live;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Requests;

/// <summary>The values a caller gave, checked against the parameters of the call.</summary>
internal sealed class RequestValues(IReadOnlyDictionary<string, IReadOnlyList<string>> values)
{
    public bool Has(Parameter parameter) => values.ContainsKey(parameter.Name);

    public IReadOnlyList<string> Texts(Parameter parameter) => values.GetValueOrDefault(parameter.Name) ?? [];

    public string? Text(Parameter parameter) => Texts(parameter) is [var only, ..] ? only : null;

    public double? Number(Parameter parameter) =>
        Text(parameter) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : parameter.Default;

    public int? Integer(Parameter parameter) => (int?)Number(parameter);

    public bool Flag(Parameter parameter) => bool.TryParse(Text(parameter), out var flag) && flag;

    public DateTimeOffset? Time(Parameter parameter) => Text(parameter) is { } text && IsoTime.TryParse(text, out var time) ? time : null;

    public IReadOnlyList<PriceType> PriceTypes(Parameter parameter) =>
        [.. Texts(parameter).Select(static text => Grains.Interfaces.PriceTypes.TryParse(text, out var type) ? type : default).Distinct()];

    public MarketZone? Zone(Parameter parameter) => MarketZones.TryParse(Text(parameter), out var zone) ? zone : null;

    /// <summary>The zones named, or else all that the caller may see.</summary>
    public ZoneSet Zones(Parameter parameter, ZoneSet visible)
    {
        // No zone stands for all of them in a query of the history, so it must not be asked for none.
        if (!Has(parameter)) return visible.IsEmpty ? throw ApiProblem.NoZones() : visible;

        var zones = ZoneSet.None;
        foreach (var text in Texts(parameter))
        {
            _ = MarketZones.TryParse(text, out var zone);
            if (!visible.Contains(zone)) throw ApiProblem.ZoneNotPublic(zone.Name());
            zones = zones.With(zone);
        }

        return zones;
    }

    /// <summary>True when the newest interval is wanted first.</summary>
    public bool IsDescending() => string.Equals(Text(Parameters.TimeSort), "desc", StringComparison.OrdinalIgnoreCase);

    /// <summary>Lowest and highest price wanted, in order.</summary>
    public (double? Min, double? Max) Prices()
    {
        var (min, max) = (Number(Parameters.MinPrice), Number(Parameters.MaxPrice));
        return min > max
            ? throw ApiProblem.InvalidParameter(Parameters.MinPrice.Name, Text(Parameters.MinPrice), "min_price must not be above max_price.")
            : (min, max);
    }
}
