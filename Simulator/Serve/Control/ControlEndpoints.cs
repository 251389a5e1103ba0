using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Faults;
using OptiBid.Simulator.Serve.Log;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Control;

/// <summary>What a test asks and says beside the markets, under <c>/_control</c>: faults, the access log, and the truth.</summary>
internal sealed class ControlEndpoints(FaultBook faults, AccessLog log, IReadOnlyDictionary<MarketZone, ServedMarket> markets, TimeProvider clock)
{
    private const string Ndjson = "application/x-ndjson";
    private const int FlushEvery = 500;

    /// <summary>Maps them.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/_control/faults", AddFaultAsync);
        app.MapGet("/_control/faults", (HttpContext http) => http.Response.WriteAsJsonAsync(faults.InForce().Select(FaultView.Of), ServeJson.Options, http.RequestAborted));
        app.MapDelete("/_control/faults", TakeBackAsync);
        app.MapGet("/_control/log", LogAsync);
        app.MapGet("/_control/log/summary", (HttpContext http) => http.Response.WriteAsJsonAsync(CallSummary.Of(log.Calls()), ServeJson.Options, http.RequestAborted));
        app.MapGet("/_control/published", PublishedAsync);
    }

    private async Task AddFaultAsync(HttpContext http)
    {
        string? problem;
        try
        {
            var request = await FaultText.ReadAsync(http.Request.Body, http.RequestAborted);
            problem = request.Problem();
            if (problem is null)
            {
                http.Response.StatusCode = StatusCodes.Status201Created;
                await http.Response.WriteAsJsonAsync(FaultView.Of(faults.Add(request)), ServeJson.Options, http.RequestAborted);
                return;
            }
        }
        catch (JsonException error)
        {
            problem = error.Message;
        }

        await BadAsync(http, problem);
    }

    private async Task TakeBackAsync(HttpContext http)
    {
        if (!TryZone(http, out var zone)) return;
        var (feed, kind, id) = (http.Request.Query["feed"].ToString(), http.Request.Query["fault"].ToString(), http.Request.Query["id"].ToString());
        var ended = faults.TakeBack(fault => (zone is null || fault.Request.Zone == zone) && (feed.Length == 0 || fault.Request.Feed == feed)
            && (kind.Length == 0 || fault.Kind.Name() == kind) && (id.Length == 0 || fault.Id.ToString(CultureInfo.InvariantCulture) == id));
        await http.Response.WriteAsJsonAsync(new { taken_back = ended }, http.RequestAborted);
    }

    private async Task LogAsync(HttpContext http)
    {
        if (!TryZone(http, out var zone)) return;
        await WriteAsync(http, log.Calls(zone));
    }

    private async Task PublishedAsync(HttpContext http)
    {
        if (!TryZone(http, out var zone)) return;
        var query = http.Request.Query;
        var now = clock.GetUtcNow();
        if (!TryTime(query["from"], now.AddDays(-1), out var from) || !TryTime(query["to"], now.AddDays(2), out var to))
        {
            await BadAsync(http, "from, to: not an ISO 8601 time");
            return;
        }

        PriceType? only = null;
        if (query["price_type"].ToString() is { Length: > 0 } name)
        {
            if (!PriceTypes.TryParse(name, out var type))
            {
                await BadAsync(http, $"price_type: \"{name}\" is not one of {string.Join(", ", PriceTypes.All.Select(known => known.Name()))}");
                return;
            }

            only = type;
        }

        await WriteAsync(http, markets.Values.Where(market => zone is null || market.Zone == zone).SelectMany(market =>
            market.Types.Where(type => only is null || type == only).SelectMany(type => PublishedView.All(market, type, from, to))));
    }

    private static async Task WriteAsync<T>(HttpContext http, IEnumerable<T> items)
    {
        http.Response.ContentType = Ndjson;
        var lines = 0;
        foreach (var item in items)
        {
            http.Response.BodyWriter.Write(JsonSerializer.SerializeToUtf8Bytes(item, ServeJson.Options));
            http.Response.BodyWriter.Write("\n"u8);
            if (++lines % FlushEvery == 0) await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }

        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private static bool TryZone(HttpContext http, out MarketZone? zone)
    {
        zone = null;
        if (http.Request.Query["zone"].ToString() is not { Length: > 0 } name) return true;
        if (MarketZones.TryParse(name, out var named))
        {
            zone = named;
            return true;
        }

        // The caller returns at once; the answer is short enough for the buffer.
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        http.Response.ContentType = "application/json";
        http.Response.BodyWriter.Write(JsonSerializer.SerializeToUtf8Bytes(new { error = $"zone: \"{name}\" is not one of {string.Join(", ", ServeZones.All)}" }, ServeJson.Options));
        return false;
    }

    private static bool TryTime(string? text, DateTimeOffset usual, out DateTimeOffset time)
    {
        time = usual;
        return string.IsNullOrEmpty(text)
            || DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }

    private static Task BadAsync(HttpContext http, string problem)
    {
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return http.Response.WriteAsJsonAsync(new { error = problem }, ServeJson.Options, http.RequestAborted);
    }
}
