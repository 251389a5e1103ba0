using System.Collections.Frozen;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Output;
using OptiBid.Gateway.Api.Paging;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Audit;
using OptiBid.Gateway.Caching;
using OptiBid.Gateway.Locations;
using OptiBid.Gateway.Security;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Prices;

/// <summary><c>POST /prices/query</c>: the history of many locations.</summary>
internal static class PriceQueryCall
{
    private static readonly ApiCall Call = new(
    [
        Parameters.Zones, Parameters.Locations, Parameters.PriceTypeList,
        Parameters.Start with { IsRequired = true }, Parameters.End with { IsRequired = true },
        Parameters.MinPrice, Parameters.MaxPrice, Parameters.TimeSort, HistoryParameters.Limit, Parameters.Cursor,
        HistoryParameters.Resample, HistoryParameters.TimeZone, HistoryParameters.AsOf, HistoryParameters.Revisions,
    ], InBody: true)
    {
        BodyExample = Examples.PriceQuery,
        Example = Examples.PricePage,
        OtherAnswers = HistoryAnswers.Others,
        OtherFormats = HistoryAnswers.Streams,
        Refusals = [401, 403, 406, 413, 415, 422, 503],
    };

    public static void Map(IEndpointRouteBuilder group) => group.MapPost("/prices/query", HandleAsync)
        .Describe(Call, "QueryPrices", "Historical prices",
            "Prices by interval start over up to 366 days: as they stand, as they stood at an instant (as_of), with every value they have had " +
            "(include_revisions), or gathered into larger intervals (resample). " + HistoryAnswers.Formats)
        .CountsAsExport()
        .Produces<PricePage>();

    private static async Task<IResult> HandleAsync(
        HttpContext context, HistoryReading reading, AnswerCache answers, LocationResolver locations, ZoneVisibility visibility)
    {
        var format = await ExportRight.ChooseAsync(context);
        var values = await Call.ReadBodyAsync(context);
        var visible = visibility.For(context.User);
        var zones = values.Zones(Parameters.Zones, visible);
        var filters = Fingerprints.Of(values, Call);
        var cursor = HistoryReading.ReadCursor(values, filters);
        var (start, end) = HistoryReading.Range(values, cursor, standard: default);
        var ids = values.Has(Parameters.Locations) ? locations.ResolveAll(zones, values.Texts(Parameters.Locations)).ToFrozenSet() : null;
        var query = new PriceQuery
        {
            Zones = [.. zones.Enumerate()],
            Locations = ids is null ? [] : [.. ids.Select(static id => id.Location).Distinct()],
            PriceTypes = values.PriceTypes(Parameters.PriceTypeList),
            Start = start,
            End = end,
            After = cursor?.Last,
        };
        var request = HistoryRequest.Read(values, query, HistoryParameters.InBody, format, filters) with { Only = ids };
        ExportTrail.Begin(context, request);
        if (format != ResponseFormat.Json) return await reading.AnswerAsync(request, context.RequestAborted);
        var key = AnswerKey.Of("query", Call, values, visible, (start, end), ids ?? []);
        return await answers.AnswerAsync(key, HistoryScope.Of(query), cancellation => reading.AnswerAsync(request, cancellation), context.RequestAborted);
    }
}
