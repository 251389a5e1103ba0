using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using OptiBid.Gateway.Api.Output;
using OptiBid.Gateway.Api.Paging;
using OptiBid.Gateway.Locations;
using OptiBid.History;
using OptiBid.History.Export;

namespace OptiBid.Gateway.Api.Prices;

/// <summary>Every value that prices have had.</summary>
internal sealed class RevisionRows(IPriceHistory history, LocationCatalog catalog) : IRowKind<PriceRow, RevisionView>
{
    public IReadOnlyList<Column<PriceRow>> Columns { get; } = [.. PriceRows.All, .. PriceColumns.Revision];

    public JsonTypeInfo<RevisionView> Json => ApiJson.Default.RevisionView;

    public async IAsyncEnumerable<PriceRow> ReadAsync(PriceQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var revision in history.ReadRevisionsAsync(query, cancellationToken))
        {
            var place = catalog.Find(revision.Tick.LocationId);
            yield return new PriceRow(revision.Tick, place?.Name, PriceView.TypeOf(place), revision.IngestedAt, revision.SupersededAt);
        }
    }

    public PriceKey KeyOf(in PriceRow row) =>
        new(row.Tick.Timestamp, row.Tick.MarketZone, row.Tick.Location, row.Tick.PriceType, row.Tick.Revision);

    public RevisionView ViewOf(in PriceRow row) => RevisionView.Of(row);

    public IResult PageOf(IReadOnlyList<RevisionView> items, string? nextCursor) => TypedResults.Ok(new RevisionPage(items, nextCursor));
}
