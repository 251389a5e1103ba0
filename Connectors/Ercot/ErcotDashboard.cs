using System.Globalization;
using System.Text.Json;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;

namespace OptiBid.Connectors.Ercot;

/// <summary>The JSON behind the dashboards of ERCOT's website, which need no key and may change without notice.</summary>
internal static class ErcotDashboard
{
    /// <summary>Load today in steps of five minutes; its forecast for the rest of the day, and in hours for the days after.</summary>
    public const string SupplyDemand = "supply-demand";

    /// <summary>Generation by fuel, yesterday and today in steps of five minutes.</summary>
    public const string FuelMix = "fuel-mix";

    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    private static readonly string[] Renewables = ["Wind", "Solar", "Hydro"];

    /// <summary>Charged and discharged energy was generated before, by whatever it was.</summary>
    private const string Storage = "Power Storage";

    /// <summary>
    /// Load, MW: what is not marked as a forecast. The times are the ends of the intervals; each value counts as published then.
    /// </summary>
    public static IEnumerable<Fundamental> Load(JsonElement root) => Steps(root)
        .Where(step => !step.IsForecast)
        .Select(step => new Fundamental(FundamentalKind.Load, step.Start, 5, step.Megawatts, step.Start + FiveMinutes));

    /// <summary>Load forecast, MW: today's in steps of five minutes, later days' in hours. Published with the dashboard.</summary>
    public static IEnumerable<Fundamental> LoadForecast(JsonElement root, DateTimeOffset updated)
    {
        foreach (var step in Steps(root).Where(step => step.IsForecast))
            yield return new Fundamental(FundamentalKind.LoadForecast, step.Start, 5, step.Megawatts, updated);
        foreach (var row in Rows(root, "forecast"))
        {
            if (TryEnd(row, out var end) && Number(row, "forecastedDemand") is { } megawatts && megawatts > 0 && !IsSkippedHour(row))
                yield return new Fundamental(FundamentalKind.LoadForecast, end.AddHours(-1), 60, megawatts, updated);
        }
    }

    /// <summary>
    /// Wind, sun and water as a share of what all but storage generate, percent. A snapshot is taken some seconds off the end of
    /// the five minutes it counts for; what is split over two is put together.
    /// </summary>
    public static IEnumerable<Fundamental> RenewableShare(JsonElement root)
    {
        var mixes = new SortedDictionary<DateTimeOffset, Dictionary<string, double>>();
        if (!root.TryGetProperty("data", out var days) || days.ValueKind != JsonValueKind.Object) yield break;
        foreach (var snapshot in days.EnumerateObject().Where(day => day.Value.ValueKind == JsonValueKind.Object).SelectMany(day => day.Value.EnumerateObject()))
        {
            if (snapshot.Value.ValueKind != JsonValueKind.Object || !ErcotLabels.TryInstant(snapshot.Name, repeated: false, out var taken)) continue;
            var end = taken.Round(FiveMinutes);
            if (!mixes.TryGetValue(end, out var mix)) mixes[end] = mix = [];
            foreach (var fuel in snapshot.Value.EnumerateObject())
            {
                if (Number(fuel.Value, "gen") is { } megawatts) mix[fuel.Name.Trim()] = Math.Max(0, megawatts);
            }
        }

        foreach (var (end, mix) in mixes)
        {
            var total = mix.Where(fuel => fuel.Key != Storage).Sum(fuel => fuel.Value);
            if (total > 0)
                yield return new Fundamental(FundamentalKind.RenewableShare, end - FiveMinutes, 5, 100 * Renewables.Sum(fuel => mix.GetValueOrDefault(fuel)) / total, end);
        }
    }

    /// <summary>When the dashboard was made; null where it does not say.</summary>
    public static DateTimeOffset? Updated(JsonElement root) =>
        root.TryGetProperty("lastUpdated", out var text) && ErcotLabels.TryInstant(text.ToString(), repeated: false, out var updated) ? updated : null;

    private static IEnumerable<(DateTimeOffset Start, double Megawatts, bool IsForecast)> Steps(JsonElement root)
    {
        foreach (var row in Rows(root, "data"))
        {
            if (TryEnd(row, out var end) && Number(row, "demand") is > 0 and var megawatts)
                yield return (end.Round(FiveMinutes) - FiveMinutes, megawatts, Number(row, "forecast") is > 0);
        }
    }

    private static IEnumerable<JsonElement> Rows(JsonElement root, string name) =>
        root.TryGetProperty(name, out var rows) && rows.ValueKind == JsonValueKind.Array ? rows.EnumerateArray().Where(row => row.ValueKind == JsonValueKind.Object) : [];

    private static bool TryEnd(JsonElement row, out DateTimeOffset end)
    {
        if (Number(row, "epoch") is { } milliseconds and > 946_684_800_000 and < 32_503_680_000_000)
        {
            end = DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
            return true;
        }

        end = default;
        return row.TryGetProperty("timestamp", out var text) && ErcotLabels.TryInstant(text.ToString(), repeated: false, out end);
    }

    /// <summary>On the spring day the market lists the hour that is not, with its beginning for its end.</summary>
    private static bool IsSkippedHour(JsonElement row) =>
        row.TryGetProperty("deliveryDateHrBegin", out var begin) && row.TryGetProperty("deliveryDateHrEnd", out var end) && begin.ToString() == end.ToString();

    private static double? Number(JsonElement row, string name) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(name, out var value)
        && double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
