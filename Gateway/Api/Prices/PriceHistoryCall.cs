using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Output;
using OptiBid.Gateway.Api.Paging;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Audit;
using OptiBid.Gateway.Caching;
using OptiBid.Gateway.Locations;
using OptiBid.Gateway.Security;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Prices;

/// <summary><c>GET /prices/history</c>: the history of one location.</summary>
internal static class PriceHistoryCall
{
    private static readonly TimeSpan Standard = TimeSpan.FromHours(24);

    private static readonly Parameter Start = Parameters.Start with
    {
        Description = Parameters.Start.Description + " Left out: 24 hours before the end.",
    };

    private static readonly Parameter End = Parameters.End with
    {
        Description = Parameters.End.Description + " Left out: now.",
    };

    private static readonly ApiCall Call = new(
    [
        Parameters.RequiredZone, Parameters.RequiredLocation, Parameters.PriceTypeFilter, Start, End,
        Parameters.MinPrice, Parameters.MaxPrice, Parameters.TimeSort, HistoryParameters.Limit, Parameters.Cursor,
        HistoryParameters.InQuery.Every, HistoryParameters.InQuery.Aggregates, HistoryParameters.InQuery.Fill, HistoryParameters.TimeZone,
        HistoryParameters.AsOf, HistoryParameters.Revisions,
    ])
    {
        Example = Examples.PricePage,
        OtherAnswers = HistoryAnswers.Others,
        OtherFormats = HistoryAnswers.Streams,
        Refusals = [401, 403, 404, 406, 422, 503],
    };

    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/prices/history", HandleAsync)
        .Describe(Call, "GetPriceHistory", "History of one location",
            "Prices of one location by interval start, the last 24 hours unless asked otherwise: as they stand, as they stood at an instant (as_of), " +
            "with every value they have had (include_revisions), or gathered into larger intervals (resample). " + HistoryAnswers.Formats)
        .CountsAsExport()
        .CanBeConditional()
        .Produces<PricePage>();

    private static async Task<IResult> HandleAsync(HttpContext context, HistoryReading reading, AnswerCache answers, LocationLookup lookup, ZoneVisibility visibility, TimeProvider clock)
    {
        var format = await ExportRight.ChooseAsync(context);
        var values = Call.Read(context);
        var zone = values.Zone(Parameters.RequiredZone)!.Value;
        var text = values.Text(Parameters.RequiredLocation)!;
        var known = lookup.FindOrDefault(zone, text, context.User);
        var filters = Fingerprints.Of(values, Call, Start, End);
        var cursor = HistoryReading.ReadCursor(values, filters);
        var now = clock.GetUtcNow();
        var (start, end) = HistoryReading.Range(values, cursor, (now - Standard, now));
        var query = new PriceQuery
        {
            Zones = [zone],
            Locations = [known?.Location ?? text],
            PriceTypes = values.PriceTypes(Parameters.PriceTypeFilter),
            Start = start,
            End = end,
            After = cursor?.Last,
        };
        var request = HistoryRequest.Read(values, query, HistoryParameters.InQuery, format, filters);
        ExportTrail.Begin(context, request);

        if (format != ResponseFormat.Json) return await ReadAsync(context.RequestAborted);
        var key = AnswerKey.Of("history", Call, values, visibility.For(context.User), (start, end), known ?? new LocationId(zone, text));
        return await answers.AnswerAsync(key, HistoryScope.Of(request.Query), ReadAsync, context.RequestAborted);

        async Task<IResult> ReadAsync(CancellationToken cancellationToken)
        {
            // The history may hold a location that no directory names, so only its silence says that there is none.
            if (known is null && cursor is null && !await reading.AnyAsync(request.Query, cancellationToken))
                throw ApiProblem.UnknownLocation(zone.Name(), text);
            return await reading.AnswerAsync(request, cancellationToken);
        }
    }
}
