using OptiBid.Gateway.Analytics;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Prices;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Caching;
using OptiBid.Gateway.Locations;
using OptiBid.Gateway.Security;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Analytics;

/// <summary><c>POST /analytics/price-trends</c>: how prices go from bucket to bucket, and on-peak against off-peak.</summary>
internal static class PriceTrendsCall
{
    /// <summary>Buckets of one answer, of all locations together.</summary>
    private const int MostBuckets = 10_000;

    private static readonly Parameter Locations = Parameters.Locations with
    {
        Description = "The locations, by the market's id or by a name that only one location of a zone bears.",
        MaxCount = 50,
        IsRequired = true,
    };

    private static readonly Parameter PriceType = AnalyticsParameters.PriceType with { IsRequired = true };

    private static readonly Parameter Bucket = AnalyticsParameters.Bucket("bucket", "Length of a bucket, by each market's clock.") with { IsRequired = true };

    private static readonly Parameter MovingAverage = new("moving_average", ParameterKind.Integer, "Give also the mean of so many buckets up to each; left out, none.")
    {
        Min = 2,
        Max = 366,
        Example = "7",
    };

    private static readonly ApiCall Call = new(
    [
        Parameters.Zones, Locations, PriceType,
        Parameters.Start with { IsRequired = true }, Parameters.End with { IsRequired = true }, Bucket, MovingAverage,
    ], InBody: true)
    {
        BodyExample = AnalyticsExamples.PriceTrendsQuery,
        Example = AnalyticsExamples.PriceTrends,
        Refusals = [403, 404, 413, 415, 422, 503],
    };

    public static void Map(IEndpointRouteBuilder group) => group.MapPost("/analytics/price-trends", HandleAsync)
        .Describe(Call, "GetPriceTrends", "Price trends",
            "Average, least, greatest price and standard deviation of each bucket, with the change from the bucket before and a moving average; " +
            "over the range the slope of the averages, $/MWh per day, and the means of the market's on-peak and off-peak hours. " +
            "An answer has 10000 buckets at the most, of all locations together.")
        .Produces<PriceTrendsAnswer>();

    private static async Task<IResult> HandleAsync(
        HttpContext context, AnalyticsReading reading, AnswerCache answers, HistoryReading history, LocationLookup lookup, LocationCatalog catalog, ZoneVisibility visibility)
    {
        var values = await Call.ReadBodyAsync(context);
        var visible = visibility.For(context.User);
        var zones = values.Zones(Parameters.Zones, visible);
        var type = values.PriceTypes(PriceType)[0];
        var every = AnalyticsParameters.ReadBucket(values, Bucket)!.Value;
        var (start, end) = HistoryReading.Range(values, cursor: null, standard: default);
        var caller = context.User;
        var key = AnswerKey.Of("price-trends", Call, values, visible, (start, end));
        return await answers.AnswerAsync(key, new HistoryScope(zones, [type], start, end), ReadAsync, context.RequestAborted);

        async Task<IResult> ReadAsync(CancellationToken cancellationToken)
        {
            var locations = await TrendLocations.FindAsync(zones, values.Texts(Locations), caller, lookup, history, start, end, cancellationToken);

            var query = new PriceQuery
            {
                Zones = [.. zones.Enumerate()],
                Locations = [.. locations.Possible.Select(static id => id.Location).Distinct()],
                PriceTypes = [type],
                Start = start,
                End = end,
            };
            var buckets = locations.Known.ToDictionary(static id => id, static _ => new List<PriceBucket>());
            var count = 0;
            await foreach (var bucket in reading.BucketsAsync(query, every, locations.Possible, cancellationToken))
            {
                if (++count > MostBuckets) throw ApiProblem.TooManyBuckets(MostBuckets);
                var id = new LocationId(bucket.Zone, bucket.Location);
                if (!buckets.TryGetValue(id, out var list)) buckets.Add(id, list = []);
                list.Add(bucket);
            }

            var splits = buckets.Keys.ToDictionary(static id => id, static id => new PeakSplit(id.Zone));
            await foreach (var (series, hour) in reading.HoursAsync(query, cancellationToken))
            {
                if (splits.TryGetValue(series.Id, out var split)) split.Add(hour);
            }

            var length = values.Integer(MovingAverage);
            return TypedResults.Ok(new PriceTrendsAnswer(type.Name(), start.UtcDateTime, end.UtcDateTime,
            [
                .. buckets.OrderBy(static series => series.Key.Zone).ThenBy(static series => series.Key.Location, StringComparer.Ordinal)
                    .Select(series => PriceTrendView.Of(series.Key, PriceTrend.Of(series.Value, length), splits[series.Key], catalog)),
            ]));
        }
    }
}
