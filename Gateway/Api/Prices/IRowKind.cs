using System.Text.Json.Serialization.Metadata;
using OptiBid.History;
using OptiBid.History.Export;

namespace OptiBid.Gateway.Api.Prices;

/// <summary>A kind of rows that the history gives: where they come from and what they look like in every format.</summary>
/// <typeparam name="TRow">A row as it is read.</typeparam>
/// <typeparam name="TView">A row as JSON.</typeparam>
internal interface IRowKind<TRow, TView>
{
    /// <summary>Its columns in CSV and Parquet.</summary>
    IReadOnlyList<Column<TRow>> Columns { get; }

    /// <summary>How its JSON is written.</summary>
    JsonTypeInfo<TView> Json { get; }

    IAsyncEnumerable<TRow> ReadAsync(PriceQuery query, CancellationToken cancellationToken);

    /// <summary>Its place in the order.</summary>
    PriceKey KeyOf(in TRow row);

    TView ViewOf(in TRow row);

    /// <summary>A page of it, as an answer.</summary>
    IResult PageOf(IReadOnlyList<TView> items, string? nextCursor);
}
