using System.Runtime.CompilerServices;
using OptiBid.Gateway.Analytics;
using OptiBid.Gateway.Api.Prices;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Analytics;

/// <summary>Reads from the history what the analytics are made of.</summary>
internal sealed class AnalyticsReading(IPriceHistory history, HistoryReading reading)
{
    /// <summary>An hour, of any clock: every market's is whole hours from UTC.</summary>
    private static readonly BucketLength Hour = new(60, BucketUnit.Minute);

    /// <summary>Makes sure that there is a location that no directory names: the history may hold it all the same.</summary>
    /// <exception cref="ApiProblem">The history does not have it either.</exception>
    public async Task CheckAsync(LocationId id, DateTimeOffset start, DateTimeOffset end, CancellationToken cancellationToken)
    {
        if (!await reading.AnyAsync(Query(id, [], start, end), cancellationToken)) throw ApiProblem.UnknownLocation(id.Zone.Name(), id.Location);
    }

    /// <summary>Prices by the hour in the order of time, hours without a price left out; those of shorter intervals are averaged.</summary>
    public async IAsyncEnumerable<(PriceType Type, HourPrice Hour)> HoursAsync(
        LocationId id, IReadOnlyList<PriceType> types, DateTimeOffset start, DateTimeOffset end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (series, hour) in HoursAsync(Query(id, types, start, end), cancellationToken)) yield return (series.PriceType, hour);
    }

    /// <summary>Prices of many locations by the hour, likewise.</summary>
    public async IAsyncEnumerable<((LocationId Id, PriceType PriceType) Series, HourPrice Hour)> HoursAsync(PriceQuery prices, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new ResampleQuery { Prices = prices, Every = Hour, Clock = TimeZoneInfo.Utc, Aggregates = Aggregates.Average };
        await foreach (var bucket in history.ResampleAsync(query, cancellationToken))
        {
            if (bucket.Average is { } price) yield return ((new LocationId(bucket.Zone, bucket.Location), bucket.PriceType), new HourPrice(bucket.Start, price, bucket.Coverage));
        }
    }

    /// <summary>Prices gathered by each market's clock, in the order of time, buckets without a price too.</summary>
    /// <param name="prices">Which prices.</param>
    /// <param name="every">Length of a bucket.</param>
    /// <param name="only">The locations wanted, where zones and texts taken apart may cover others too.</param>
    /// <param name="cancellationToken">Ends the work in the store.</param>
    public async IAsyncEnumerable<PriceBucket> BucketsAsync(
        PriceQuery prices, BucketLength every, IReadOnlySet<LocationId> only, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const Aggregates Asked = Aggregates.Average | Aggregates.Min | Aggregates.Max | Aggregates.StandardDeviation;
        var query = new ResampleQuery { Prices = prices, Every = every, FillGaps = true, Aggregates = Asked };
        await foreach (var bucket in history.ResampleAsync(query, cancellationToken))
        {
            if (only.Contains(new LocationId(bucket.Zone, bucket.Location))) yield return bucket;
        }
    }

    /// <summary>Day-ahead prices by the hour, and the means of real-time prices as their references.</summary>
    public async IAsyncEnumerable<SpreadLeg> DartLegsAsync(
        LocationId id, PriceType realTime, DateTimeOffset start, DateTimeOffset end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (type, hour) in HoursAsync(id, [PriceType.DayAheadHourly, realTime], start, end, cancellationToken))
            yield return new SpreadLeg(hour.Start, TimeSpan.FromHours(1), !type.IsDayAhead(), hour.Price, hour.Coverage);
    }

    /// <summary>Prices of a location, and those of its hub as their references.</summary>
    public async IAsyncEnumerable<SpreadLeg> BasisLegsAsync(
        LocationId id, LocationId hub, PriceType type, DateTimeOffset start, DateTimeOffset end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = Query(id, [type], start, end) with { Locations = [id.Location, hub.Location] };
        await foreach (var tick in history.ReadAsync(query, cancellationToken))
            yield return new SpreadLeg(tick.Timestamp, TimeSpan.FromMinutes(tick.IntervalMinutes), tick.Location == hub.Location, tick.Price, 1);
    }

    private static PriceQuery Query(LocationId id, IReadOnlyList<PriceType> types, DateTimeOffset start, DateTimeOffset end) =>
        new() { Zones = [id.Zone], Locations = [id.Location], PriceTypes = types, Start = start, End = end };
}
