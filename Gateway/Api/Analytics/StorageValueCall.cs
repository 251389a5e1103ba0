using OptiBid.Gateway.Analytics;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Prices;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Caching;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Locations;
using OptiBid.Gateway.Security;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Analytics;

/// <summary><c>GET /analytics/storage-value</c>: what the prices of each day offered a battery.</summary>
internal static class StorageValueCall
{
    private static readonly Parameter Hours = new("hours", ParameterKind.Integer, "Hours that the storage charges and discharges for: the n of TBn.")
    {
        Min = 1,
        Max = 12,
        Default = 4,
    };

    private static readonly Parameter PriceType = AnalyticsParameters.PriceType with
    {
        Description = "The price series; real-time prices of shorter intervals are averaged over the hour. Left out: DAY_AHEAD_HOURLY.",
    };

    private static readonly ApiCall Call = new(
        [Parameters.RequiredZone, Parameters.RequiredLocation, Hours, AnalyticsParameters.Start, AnalyticsParameters.End, PriceType])
    {
        Example = AnalyticsExamples.StorageValue,
        Refusals = [403, 404, 422, 503],
    };

    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/analytics/storage-value", HandleAsync)
        .Describe(Call, "GetStorageValue", "Top-bottom spread a day",
            "TBn of each market day: mean of the n dearest hours minus mean of the n cheapest, $/MWh; the total is in $ per MW and day. " +
            "Charging need not come before discharging, and nothing is lost on the way: it is what the prices offered, not what a battery earned. " +
            "Days are those of the market's clock that begin within start and end, each whole, of 23 to 25 hours.")
        .CanBeConditional()
        .Produces<StorageValueAnswer>();

    private static Task<IResult> HandleAsync(
        HttpContext context, AnalyticsReading reading, AnswerCache answers, LocationLookup lookup, LocationCatalog catalog, ZoneVisibility visibility, TimeProvider clock)
    {
        var values = Call.Read(context);
        var zone = values.Zone(Parameters.RequiredZone)!.Value;
        var n = values.Integer(Hours)!.Value;
        var type = values.PriceTypes(PriceType) is [var asked] ? asked : Grains.Interfaces.PriceType.DayAheadHourly;
        var now = clock.GetUtcNow();
        var (start, end) = HistoryReading.Range(values, cursor: null, (now - AnalyticsParameters.StandardRange, now));
        MarketDay[] days = [.. MarketDay.Beginning(zone, start, end)];
        var until = days.Length == 0 ? end : days[^1].End;
        var text = values.Text(Parameters.RequiredLocation)!;
        var known = lookup.FindOrDefault(zone, text, context.User);
        var id = known ?? new LocationId(zone, text);
        var key = AnswerKey.Of("storage-value", Call, values, visibility.For(context.User), (start, end), id);
        return answers.AnswerAsync(key, new HistoryScope(ZoneSet.None.With(zone), [type], start, until), ReadAsync, context.RequestAborted);

        async Task<IResult> ReadAsync(CancellationToken cancellationToken)
        {
            if (known is null) await reading.CheckAsync(id, start, until, cancellationToken);
            var hours = new List<HourPrice>[days.Length];
            for (var i = 0; i < days.Length; i++) hours[i] = new List<HourPrice>(25);
            if (days.Length > 0)
            {
                var day = 0;
                await foreach (var (_, hour) in reading.HoursAsync(id, [type], days[0].Start, until, cancellationToken))
                {
                    while (hour.Start >= days[day].End) day++;
                    hours[day].Add(hour);
                }
            }

            StorageDay[] spreads = [.. days.Zip(hours, (day, prices) => StorageDay.Of(day, prices, n))];
            return TypedResults.Ok(new StorageValueAnswer(
                zone.Name(), id.Location, catalog.Find(id)?.Name, type.Name(), n, MarketClocks.Of(zone).Id, start.UtcDateTime, end.UtcDateTime,
                StorageSummary.Of(spreads), [.. spreads.Select(StorageDayView.Of)]));
        }
    }
}
