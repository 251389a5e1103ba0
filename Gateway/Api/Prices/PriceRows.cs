using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using OptiBid.Gateway.Api.Output;
using OptiBid.Gateway.Api.Paging;
using OptiBid.Gateway.Locations;
using OptiBid.History;
using OptiBid.History.Export;

namespace OptiBid.Gateway.Api.Prices;

/// <summary>Prices as they stand, or stood at an instant.</summary>
internal sealed class PriceRows(IPriceHistory history, LocationCatalog catalog) : IRowKind<PriceRow, PriceView>
{
    /// <summary>In the order of the JSON.</summary>
    public static IReadOnlyList<Column<PriceRow>> All { get; } =
        [PriceColumns.Zone, PriceColumns.Location, .. PriceColumns.Names, PriceColumns.PriceType, PriceColumns.Timestamp, .. PriceColumns.Values];

    public IReadOnlyList<Column<PriceRow>> Columns => All;

    public JsonTypeInfo<PriceView> Json => ApiJson.Default.PriceView;

    public async IAsyncEnumerable<PriceRow> ReadAsync(PriceQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var tick in history.ReadAsync(query, cancellationToken))
        {
            var place = catalog.Find(tick.LocationId);
            yield return new PriceRow(tick, place?.Name, PriceView.TypeOf(place));
        }
    }

    public PriceKey KeyOf(in PriceRow row) => new(row.Tick.Timestamp, row.Tick.MarketZone, row.Tick.Location, row.Tick.PriceType);

    public PriceView ViewOf(in PriceRow row) => PriceView.Of(row);

    public IResult PageOf(IReadOnlyList<PriceView> items, string? nextCursor) => TypedResults.Ok(new PricePage(items, nextCursor));
}
