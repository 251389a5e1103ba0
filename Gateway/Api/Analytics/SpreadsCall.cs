using OptiBid.Gateway.Analytics;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Paging;
using OptiBid.Gateway.Api.Prices;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Caching;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Locations;
using OptiBid.Gateway.Security;
using OptiBid.Grains.Interfaces;
using OptiBid.History;
using OptiBid.History.Buckets;

namespace OptiBid.Gateway.Api.Analytics;

/// <summary><c>GET /analytics/spreads</c>: day-ahead minus real-time, or a location minus its hub.</summary>
internal static class SpreadsCall
{
    private const char CursorCall = 's';

    private static readonly Parameter Limit = Parameters.Limit(1_000, 10_000);

    private static readonly Parameter Resample = AnalyticsParameters.Bucket("resample",
        "Gather the spreads into larger intervals of the market's clock, each the mean of its spreads; the statistics are then of these.");

    private static readonly ApiCall Call = new(
    [
        Parameters.RequiredZone, Parameters.RequiredLocation, SpreadRequest.KindParameter, SpreadRequest.TypeParameter,
        AnalyticsParameters.Start, AnalyticsParameters.End, Resample, Limit, Parameters.Cursor,
    ])
    {
        Example = AnalyticsExamples.Spreads,
        Refusals = [403, 404, 422, 503],
    };

    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/analytics/spreads", HandleAsync)
        .Describe(Call, "GetSpreads", "DART and basis spreads",
            "The spreads of one location by interval start, the last 30 days unless asked otherwise, and statistics of the whole range: " +
            "DART, the day-ahead price minus the mean real-time price of the same hour, of hours that real-time prices cover whole; " +
            "or basis, the location minus its hub, of intervals with both prices. The series is paged; the statistics are of all pages.")
        .CanBeConditional()
        .Produces<SpreadsAnswer>();

    private static Task<IResult> HandleAsync(
        HttpContext context, AnalyticsReading reading, AnswerCache answers, LocationLookup lookup, LocationCatalog catalog, ZoneVisibility visibility, TimeProvider clock)
    {
        var values = Call.Read(context);
        var zone = values.Zone(Parameters.RequiredZone)!.Value;
        var request = SpreadRequest.Read(values, zone);
        var every = AnalyticsParameters.ReadBucket(values, Resample);
        var limit = values.Integer(Limit)!.Value;
        var filters = Fingerprints.Of(values, Call, AnalyticsParameters.Start, AnalyticsParameters.End);
        HistoryPlace? after = values.Text(Parameters.Cursor) is { } cursor ? Cursor.Read(cursor, CursorCall, filters, HistoryPlace.Read) : null;
        var now = clock.GetUtcNow();
        var (start, end) = HistoryReading.Range(values, after, (now - AnalyticsParameters.StandardRange, now));
        var text = values.Text(Parameters.RequiredLocation)!;
        var known = lookup.FindOrDefault(zone, text, context.User);
        var id = known ?? new LocationId(zone, text);
        var key = AnswerKey.Of("spreads", Call, values, visibility.For(context.User), (start, end), id);
        var scope = new HistoryScope(ZoneSet.None.With(zone), [request.PriceType, request.ReferenceType], start, end);
        return answers.AnswerAsync(key, scope, ReadAsync, context.RequestAborted);

        async Task<IResult> ReadAsync(CancellationToken cancellationToken)
        {
            if (known is null) await reading.CheckAsync(id, start, end, cancellationToken);
            var place = catalog.Find(id);
            var reference = request.IsDart ? id : HubOf(id, place);

            var spreads = new List<double>();
            var items = new List<SpreadView>();
            var more = false;
            var series = new SpreadSeries(every is { } length ? new BucketCalendar(MarketClocks.Of(zone), length) : null, point =>
            {
                spreads.Add(point.Value);
                if (point.Start <= after?.Last.Timestamp) return;
                if (items.Count < limit) items.Add(SpreadView.Of(point));
                else more = true;
            });
            var legs = request.IsDart
                ? reading.DartLegsAsync(id, request.ReferenceType, start, end, cancellationToken)
                : reading.BasisLegsAsync(id, reference, request.PriceType, start, end, cancellationToken);
            await foreach (var leg in legs) series.Add(leg);
            series.Complete();

            return TypedResults.Ok(new SpreadsAnswer(
                zone.Name(), id.Location, place?.Name, request.Kind, request.PriceType.Name(), reference.Location, request.ReferenceType.Name(),
                start.UtcDateTime, end.UtcDateTime, series.Incomplete, SpreadStatistics.Of(new Distribution(spreads)), items, more ? Next(items[^1]) : null));

            string Next(SpreadView last) => Cursor.Write(CursorCall, filters, new HistoryPlace(start, end, new PriceKey(last.Timestamp, zone, id.Location, request.PriceType)).Write);
        }
    }

    private static LocationId HubOf(LocationId id, MarketLocation? place) =>
        place?.Hub is { } hub && hub != id.Location ? new LocationId(id.Zone, hub) : throw ApiProblem.NoHub(id.Zone.Name(), id.Location);
}
