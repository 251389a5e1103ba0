using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Pjm;

/// <summary>PJM Data Miner 2 under <c>/pjm/api/v1</c>.</summary>
internal sealed class PjmEndpoints(ServedMarket market, ServeOptions options)
{
    private const string Json = "application/json; charset=utf-8";
    private const string KeyName = "Ocp-Apim-Subscription-Key";

    private readonly Dictionary<string, IPjmFeed> _feeds = PriceFeeds.All.Where(feed => feed.Zone == MarketZone.PJM).Select(IPjmFeed (feed) => new PjmPriceFeed(market, feed))
        .Concat(PjmGridFeeds.All(market)).ToDictionary(feed => feed.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Maps the feeds.</summary>
    public void Map(IEndpointRouteBuilder app, MarketCalls calls) =>
        app.MapGet("/pjm/api/v1/{feed}", (HttpContext http, string feed) => calls.RunAsync(http, MarketZone.PJM, HostKind.Api, feed, Answer));

    private Answer Answer(MarketCall call)
    {
        if (options.PjmKey is { } key && Unauthorized(call, key) is { } refusal) return refusal;
        if (!_feeds.TryGetValue(call.Feed, out var feed)) return Refusals.NotFound();
        try
        {
            var query = PjmQuery.Read(call.Http.Request.Query, feed.Columns);
            return Reply(call, feed, query, feed.Select(query, call.Now));
        }
        catch (PjmError error)
        {
            return error.Answer;
        }
    }

    private static Answer? Unauthorized(MarketCall call, string key)
    {
        var given = call.Http.Request.Headers.TryGetValue(KeyName, out var header) ? header.ToString() : call.Parameter("subscription-key");
        if (given == key) return null;
        return Refusals.Unauthorized(string.IsNullOrEmpty(given)
            ? "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API."
            : "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.");
    }

    private static Answer Reply(MarketCall call, IPjmFeed feed, PjmQuery query, PjmSelection selected)
    {
        var total = call.IsEmpty ? 0 : selected.Total;
        var table = call.Shape(
            new Table(feed.Columns, selected.Page(query.StartRow - 1, query.RowCount)).Only(column => query.Fields is null || query.Fields.Contains(column)), query.IsCsv);
        (string, string)[] totals = query.IsCsv || query.IsDownload ? [("X-TotalRows", total.ToString(CultureInfo.InvariantCulture))] : [];
        if (query.IsCsv)
        {
            return Answers.Answer.Text("text/csv", CsvText.Lines(
                table, "\r\n", time: time => time.ToString("M/d/yyyy h:mm:ss tt", CultureInfo.InvariantCulture), flag: value => value ? "True" : "False")) with { Headers = totals };
        }

        return query.IsDownload
            ? Answers.Answer.Text(Json, JsonText.Objects(table)) with { Headers = totals }
            : Answers.Answer.Text(Json, JsonText.Objects(table).Prepend(Head(call, feed, query, total)).Append(Tail(feed, query, total)));
    }

    private static string Head(MarketCall call, IPjmFeed feed, PjmQuery query, long total)
    {
        var root = $"{call.Http.Request.Scheme}://{call.Http.Request.Host}{call.Http.Request.Path}";
        var text = new StringBuilder("{\"links\":[");
        Link(text, "self", root + Query(feed, query, query.StartRow));
        if (query.StartRow - 1L + query.RowCount < total) Link(text.Append(','), "next", root + Query(feed, query, query.StartRow + query.RowCount));
        Link(text.Append(','), "metadata", root + "/metadata");
        return text.Append("],\"items\":").ToString();
    }

    private static void Link(StringBuilder text, string rel, string address) => text.Append("{\"rel\":\"").Append(rel).Append("\",\"href\":").Append(JsonText.Quote(address)).Append('}');

    private static string Query(IPjmFeed feed, PjmQuery query, int startRow)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"?RowCount={query.RowCount}");
        if (query.Sort is not null) text.Append("&Sort=").Append(query.Sort);
        text.Append("&Order=").Append(query.IsDescending ? "Desc" : "Asc").Append(CultureInfo.InvariantCulture, $"&StartRow={startRow}");
        text.Append("&IsActiveMetadata=True&Fields=").Append(Uri.EscapeDataString(string.Join(',', query.Fields ?? feed.Columns)));
        foreach (var (name, value) in query.Filters) text.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return text.ToString();
    }

    private static string Tail(IPjmFeed feed, PjmQuery query, long total)
    {
        var text = new StringBuilder(",\"searchSpecification\":{");
        text.Append(CultureInfo.InvariantCulture, $"\"rowCount\":{query.RowCount},");
        if (query.Sort is not null) text.Append("\"sort\":").Append(JsonText.Quote(query.Sort)).Append(',');
        text.Append("\"order\":\"").Append(query.IsDescending ? "Desc" : "Asc").Append(CultureInfo.InvariantCulture, $"\",\"startRow\":{query.StartRow},\"isActiveMetadata\":true,\"fields\":[");
        text.AppendJoin(',', (query.Fields ?? feed.Columns).Select(JsonText.Quote)).Append(']');
        if (query.Filters.Count > 0) text.Append(",\"filters\":[").AppendJoin(',', query.Filters.Select(filter => $"{{{JsonText.Quote(filter.Key)}:{JsonText.Quote(filter.Value)}}}")).Append(']');
        return text.Append(CultureInfo.InvariantCulture, $"}},\"totalRows\":{total}}}").ToString();
    }
}
