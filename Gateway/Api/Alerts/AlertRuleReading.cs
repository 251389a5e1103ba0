using System.Security.Claims;
using Microsoft.Extensions.Options;
using OptiBid.Connectors.Webhooks;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Locations;
using OptiBid.Gateway.Zones;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Alerts;

/// <summary>Makes a rule of what a caller gave, or says what is wrong with it.</summary>
internal sealed class AlertRuleReading(LocationLookup lookup, LivePrices prices, NewestFigures figures, IOptions<WebhookOptions> webhooks)
{
    private const int LongestName = 100;

    /// <summary>Far beyond any price, spread, number of deviations or minutes that means something.</summary>
    private const double Largest = 1_000_000;

    private static readonly Parameter Name = new("name", ParameterKind.Text, "What you call it.") { IsRequired = true, MaxLength = LongestName, Example = "Western Hub dear" };

    private static readonly Parameter Locations = new("locations", ParameterKind.Text, "The locations it is of, by the market's id or by a name that only one location of the zone bears.")
    {
        IsRequired = true,
        MaxCount = AlertRule.MaxLocations,
        Example = "51288",
    };

    private static readonly Parameter Series = Parameters.PriceTypeFilter with
    {
        MaxCount = 1,
        Description = "The price series; left out, REAL_TIME_5_MIN where the locations have it, or else the real-time series with the shortest interval that there is. For DART a real-time one.",
    };

    private static readonly Parameter Kind = new("kind", ParameterKind.Text,
        "What it looks at. ABOVE, BELOW: the price. CHANGE: how far the price moves from one interval to the next. SPIKE: how many scaled median deviations it is from the median of its last 24 h. " +
        "DART_ABOVE, DART_BELOW: day-ahead minus real-time. VOLATILITY: of the last hour. STALENESS: minutes since the newest interval known ended.")
    {
        IsRequired = true,
        Allowed = AlertKinds.Names,
        Example = "ABOVE",
    };

    private static readonly Parameter Threshold = new("threshold", ParameterKind.Number,
        "Beyond it the rule fires: $/MWh, for SPIKE deviations, for STALENESS minutes. May be zero or negative for ABOVE, BELOW, DART_ABOVE and DART_BELOW; for the others it is above 0.")
    {
        IsRequired = true,
        Min = -Largest,
        Max = Largest,
        Example = "100",
    };

    private static readonly Parameter Hysteresis = new("hysteresis", ParameterKind.Number, "How far the value must come back behind the threshold before the rule can fire again, in the same unit; less than the threshold where that must be above 0.")
    {
        Min = 0,
        Max = Largest,
        Default = 0,
    };

    private static readonly Parameter CoolDown = new("cool_down_seconds", ParameterKind.Number,
        "How long after it has fired at a location the rule does not fire there again. What comes to hold in that time and still holds at its end fires then.")
    {
        Min = 0,
        Max = 86_400,
        Default = 0,
    };

    private static readonly Parameter Enabled = new("enabled", ParameterKind.Flag, "False to let it rest; left out, true.") { Example = "true" };

    private static readonly Parameter Webhook = new("webhook", ParameterKind.Text, "Address that alerts are posted to, signed; https and of the public internet. Left out, none.")
    {
        MaxLength = WebhookAddress.MaxLength,
        Example = "https://example.com/alerts",
    };

    /// <summary>The fields of the body.</summary>
    public static IReadOnlyList<Parameter> Fields { get; } = [Name, Parameters.RequiredZone, Locations, Series, Kind, Threshold, Hysteresis, CoolDown, Enabled, Webhook];

    /// <exception cref="ApiProblem">A value is wrong, or the zone is not for the caller.</exception>
    public AlertRule Read(RequestValues values, ClaimsPrincipal caller)
    {
        var zone = values.Zone(Parameters.RequiredZone)!.Value;
        _ = AlertKinds.TryParse(values.Text(Kind), out var kind);
        var threshold = values.Number(Threshold)!.Value;
        if (!kind.IsSigned() && threshold <= 0) throw ApiProblem.InvalidParameter(Threshold.Name, values.Text(Threshold), $"threshold must be above 0 for {kind.Name()}.");
        var hysteresis = values.Number(Hysteresis)!.Value;
        if (!kind.IsSigned() && hysteresis >= threshold)
            throw ApiProblem.InvalidParameter(Hysteresis.Name, values.Text(Hysteresis), $"hysteresis must be less than the threshold for {kind.Name()}, whose value is never below 0.");
        var webhook = ReadWebhook(values);
        LocationId[] locations = [.. values.Texts(Locations).Select(text => lookup.Find(zone, text, caller)).Distinct()];
        var series = values.PriceTypes(Series) is [var given] ? given : SeriesOf(zone, locations);
        if (kind.IsDart() && series.IsDayAhead())
        {
            throw ApiProblem.InvalidParameter(Series.Name, values.Text(Series) ?? series.Name(),
                $"price_type must be a real-time one for {kind.Name()}: one of {string.Join(", ", PriceTypes.All.Where(static type => !type.IsDayAhead()).Select(static type => type.Name()))}.");
        }

        return new AlertRule
        {
            Name = values.Text(Name)!,
            Zone = zone,
            Locations = [.. locations.Select(static id => id.Location)],
            PriceType = series,
            Kind = kind,
            Threshold = threshold,
            Hysteresis = hysteresis,
            CoolDown = TimeSpan.FromSeconds(values.Number(CoolDown)!.Value),
            IsEnabled = !values.Has(Enabled) || values.Flag(Enabled),
            Webhook = webhook,
        };
    }

    private Uri? ReadWebhook(RequestValues values)
    {
        if (values.Text(Webhook) is not { } text) return null;
        return WebhookAddress.TryParse(text, webhooks.Value.AllowPrivate, out var address, out var fault)
            ? address
            : throw ApiProblem.InvalidParameter(Webhook.Name, text, $"webhook {fault}.");
    }

    /// <summary>The series with the shortest interval that one of the locations has; where none is known, that of the zone.</summary>
    private PriceType SeriesOf(MarketZone zone, LocationId[] locations)
    {
        foreach (var type in PriceTypes.All)
        {
            if (locations.Any(id => prices.Find(id)?.Newest(type) is not null)) return type;
        }

        return figures.Main(zone)?.Type ?? PriceType.RealTime5Min;
    }
}
