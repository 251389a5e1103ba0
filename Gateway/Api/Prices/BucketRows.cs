using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using OptiBid.Gateway.Api.Output;
using OptiBid.Gateway.Api.Paging;
using OptiBid.Gateway.Locations;
using OptiBid.Grains.Interfaces;
using OptiBid.History;
using OptiBid.History.Export;

namespace OptiBid.Gateway.Api.Prices;

/// <summary>Prices gathered into larger intervals, with as much of each as was asked for.</summary>
internal sealed class BucketRows(IPriceHistory history, LocationCatalog catalog, Resample resample) : IRowKind<BucketRow, BucketView>
{
    private static readonly Column<BucketRow>[] Before =
    [
        Column<BucketRow>.Text("market_zone", static (in row) => row.Bucket.Zone.Name(), isRequired: true),
        Column<BucketRow>.Text("location", static (in row) => row.Bucket.Location, isRequired: true),
        Column<BucketRow>.Text("location_name", static (in row) => row.LocationName),
        Column<BucketRow>.Text("location_type", static (in row) => row.LocationType),
        Column<BucketRow>.Text("price_type", static (in row) => row.Bucket.PriceType.Name(), isRequired: true),
        Column<BucketRow>.Time("timestamp", static (in row) => row.Bucket.Start, isRequired: true),
        Column<BucketRow>.Time("end", static (in row) => row.Bucket.End, isRequired: true),
    ];

    private static readonly Column<BucketRow>[] Values =
    [
        Column<BucketRow>.Number("average", static (in row) => row.Bucket.Average),
        Column<BucketRow>.Number("min", static (in row) => row.Bucket.Min),
        Column<BucketRow>.Number("max", static (in row) => row.Bucket.Max),
        Column<BucketRow>.Number("first", static (in row) => row.Bucket.First),
        Column<BucketRow>.Number("last", static (in row) => row.Bucket.Last),
        Column<BucketRow>.Number("standard_deviation", static (in row) => row.Bucket.StandardDeviation),
    ];

    private static readonly Column<BucketRow>[] After =
    [
        Column<BucketRow>.Integer("data_points", static (in row) => row.Bucket.DataPoints, isRequired: true),
        Column<BucketRow>.Number("coverage", static (in row) => row.Bucket.Coverage, isRequired: true),
    ];

    public IReadOnlyList<Column<BucketRow>> Columns { get; } =
        [.. Before, .. Values.Where(column => resample.Asked.HasFlag(AggregateNames.Of(column.Name))), .. After];

    public JsonTypeInfo<BucketView> Json => BucketJson.Default;

    public async IAsyncEnumerable<BucketRow> ReadAsync(PriceQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buckets = new ResampleQuery { Prices = query, Every = resample.Every, Clock = resample.Clock, FillGaps = resample.FillGaps, Aggregates = resample.Asked };
        await foreach (var bucket in history.ResampleAsync(buckets, cancellationToken))
        {
            var place = catalog.Find(new LocationId(bucket.Zone, bucket.Location));
            yield return new BucketRow(bucket, place?.Name, PriceView.TypeOf(place));
        }
    }

    public PriceKey KeyOf(in BucketRow row) => new(row.Bucket.Start, row.Bucket.Zone, row.Bucket.Location, row.Bucket.PriceType);

    public BucketView ViewOf(in BucketRow row) => BucketView.Of(row, resample.Asked);

    public IResult PageOf(IReadOnlyList<BucketView> items, string? nextCursor) => TypedResults.Ok(new BucketPage(items, nextCursor));
}
