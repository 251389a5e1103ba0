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

    /// <summary>The answer in the format asked for.</summary>
    /// <param name="query">What to read.</param>
    /// <param name="only">The locations wanted, where the query's zones and locations may cover others too; null where they do not.</param>
    /// <param name="limit">Rows asked for; null when the caller did not say.</param>
    /// <param name="pageSize">Rows of a page when he did not.</param>
    /// <param name="format">The format.</param>
    /// <param name="filters">The call's filters in words.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    public async Task<IResult> AnswerAsync(
        PriceQuery query, FrozenSet<LocationId>? only, int? limit, int pageSize, ResponseFormat format, string filters, CancellationToken cancellationToken) =>
        format == ResponseFormat.Json
            ? TypedResults.Ok(await PageAsync(query, only, limit ?? pageSize, filters, cancellationToken))
            : await PriceStreamResult.StartAsync(ViewsAsync(query with { Limit = limit }, only, cancellationToken), format, cancellationToken);

    /// <summary>True when the history has anything for the query.</summary>
    public async Task<bool> AnyAsync(PriceQuery query, CancellationToken cancellationToken) =>
        await history.ReadAsync(query with { Limit = 1 }, cancellationToken).AnyAsync(cancellationToken);

    private async Task<PricePage> PageAsync(PriceQuery query, FrozenSet<LocationId>? only, int limit, string filters, CancellationToken cancellationToken)
    {
        var items = new List<PriceView>();
        PriceKey? last = null;
        var more = false;
        await foreach (var tick in RowsAsync(query with { Limit = limit + 1 }, only, cancellationToken))
        {
            if (more = items.Count == limit) break;
            items.Add(PriceView.Of(tick, catalog.Find(tick.LocationId)));
            last = KeyOf(tick);
        }

        return new PricePage(items, more ? Cursor.Write(Call, filters, new HistoryPlace(query.Start, query.End, last!.Value).Write) : null);
    }

    private async IAsyncEnumerable<PriceView> ViewsAsync(
        PriceQuery query, FrozenSet<LocationId>? only, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var tick in RowsAsync(query, only, cancellationToken)) yield return PriceView.Of(tick, catalog.Find(tick.LocationId));
    }

    /// <summary>
    /// The rows wanted, as many as the query's limit. The history takes zones and location texts apart, so an id of
    /// one zone may be another's too: rows of those are left out, and reading goes on for as many as they stood in for.
    /// </summary>
    private async IAsyncEnumerable<PriceTick> RowsAsync(
        PriceQuery query, FrozenSet<LocationId>? only, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = query.Limit;
        for (var next = query; ;)
        {
            var read = 0;
            PriceKey? last = null;
            await foreach (var tick in history.ReadAsync(next, cancellationToken))
            {
                read++;
                last = KeyOf(tick);
                if (only is not null && !only.Contains(tick.LocationId)) continue;
                yield return tick;
                if (--left == 0) yield break;
            }

            if (left is null || read < next.Limit) yield break;
            next = next with { After = last };
        }
    }

    private static PriceKey KeyOf(in PriceTick tick) => new(tick.Timestamp, tick.MarketZone, tick.Location, tick.PriceType);
}
