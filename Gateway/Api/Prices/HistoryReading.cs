using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using OptiBid.Gateway.Api.Output;
using OptiBid.Gateway.Api.Paging;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Locations;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Prices;

/// <summary>Reads the history for a call: a page of JSON, or everything as a stream.</summary>
internal sealed class HistoryReading(IPriceHistory history, LocationCatalog catalog)
{
    private const char Call = 'h';

    private readonly PriceRows _prices = new(history, catalog);
    private readonly RevisionRows _revisions = new(history, catalog);

    /// <summary>Longest range of one call.</summary>
    public static readonly TimeSpan LongestRange = TimeSpan.FromDays(366);

    /// <summary>The range asked for, in order and not too long; the one of the cursor where there is a cursor.</summary>
    /// <param name="values">What the caller gave.</param>
    /// <param name="cursor">The cursor's place, where there is one.</param>
    /// <param name="standard">Range of a call that gives none.</param>
    public static (DateTimeOffset Start, DateTimeOffset End) Range(RequestValues values, HistoryPlace? cursor, (DateTimeOffset Start, DateTimeOffset End) standard)
    {
        var (start, end) = (values.Time(Parameters.Start), values.Time(Parameters.End));
        if (cursor is { } place)
        {
            if ((start ?? place.Start) != place.Start || (end ?? place.End) != place.End)
                throw ApiProblem.InvalidCursor(values.Text(Parameters.Cursor)!, "The cursor is of another range. Keep start and end as they were, or start again without it.");
            return (place.Start, place.End);
        }

        var length = standard.End - standard.Start;
        var range = (Start: start ?? (end - length ?? standard.Start), End: end ?? standard.End);
        if (range.Start >= range.End)
            throw ApiProblem.InvalidParameter(Parameters.Start.Name, values.Text(Parameters.Start), "start must be before end.");
        if (range.End - range.Start > LongestRange)
            throw ApiProblem.InvalidParameter(Parameters.End.Name, values.Text(Parameters.End), $"A call may span {LongestRange.TotalDays} days at the most.");
        return range;
    }

    public static HistoryPlace? ReadCursor(RequestValues values, string filters) =>
        values.Text(Parameters.Cursor) is { } cursor ? Cursor.Read(cursor, Call, filters, HistoryPlace.Read) : null;

    /// <summary>The answer, of the kind and in the format asked for.</summary>
    public Task<IResult> AnswerAsync(HistoryRequest request, CancellationToken cancellationToken) =>
        request.Resample is { } resample ? AnswerAsync(request, new BucketRows(history, catalog, resample), cancellationToken)
        : request.WithRevisions ? AnswerAsync(request, _revisions, cancellationToken)
        : AnswerAsync(request, _prices, cancellationToken);

    /// <summary>True when the history has anything for the query, whenever it was published.</summary>
    public async Task<bool> AnyAsync(PriceQuery query, CancellationToken cancellationToken) =>
        await history.ReadAsync(query with { AsOf = null, Limit = 1 }, cancellationToken).AnyAsync(cancellationToken);

    private static async Task<IResult> AnswerAsync<TRow, TView>(HistoryRequest request, IRowKind<TRow, TView> kind, CancellationToken cancellationToken) =>
        request.Format == ResponseFormat.Json
            ? await PageAsync(request, kind, cancellationToken)
            : await ExportResult<TRow, TView>.StartAsync(
                RowsAsync(request.Query with { Limit = request.Limit }, request.Only, kind, cancellationToken), kind, request.Format, cancellationToken);

    private static async Task<IResult> PageAsync<TRow, TView>(HistoryRequest request, IRowKind<TRow, TView> kind, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? (int)HistoryParameters.Limit.Default!.Value;
        var items = new List<TView>();
        PriceKey? last = null;
        var more = false;
        await foreach (var row in RowsAsync(request.Query with { Limit = limit + 1 }, request.Only, kind, cancellationToken))
        {
            if (more = items.Count == limit) break;
            items.Add(kind.ViewOf(row));
            last = kind.KeyOf(row);
        }

        var place = more ? new HistoryPlace(request.Query.Start, request.Query.End, last!.Value) : default;
        return kind.PageOf(items, more ? Cursor.Write(Call, request.Filters, place.Write) : null);
    }

    /// <summary>
    /// The rows wanted, as many as the query's limit. The history takes zones and location texts apart, so an id of
    /// one zone may be another's too: rows of those are left out, and reading goes on for as many as they stood in for.
    /// </summary>
    private static async IAsyncEnumerable<TRow> RowsAsync<TRow, TView>(
        PriceQuery query, FrozenSet<LocationId>? only, IRowKind<TRow, TView> kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = query.Limit;
        for (var next = query; ;)
        {
            var read = 0;
            PriceKey last = default;
            await foreach (var row in kind.ReadAsync(next, cancellationToken))
            {
                read++;
                last = kind.KeyOf(row);
                if (only is not null && !only.Contains(new LocationId(last.Zone, last.Location))) continue;
                yield return row;
                if (--left == 0) yield break;
            }

            if (left is null || read < next.Limit) yield break;
            next = next with { After = last };
        }
    }
}
