using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Caiso;

/// <summary>CAISO OASIS under <c>/caiso/oasisapi</c> and the Outlook files under <c>/caiso/outlook</c>.</summary>
internal sealed class CaisoEndpoints(ServedMarket market)
{
    private readonly OasisPrices _prices = new(market);
    private readonly OasisForecasts _forecasts = new(market);
    private readonly OasisAtlas _atlas = new(market);
    private readonly OasisCorrections _corrections = new(market);
    private readonly OutlookFiles _outlook = new(market);

    /// <summary>Maps both.</summary>
    public void Map(IEndpointRouteBuilder app, MarketCalls calls)
    {
        app.MapGet("/caiso/oasisapi/SingleZip", (HttpContext http) => calls.RunAsync(http, MarketZone.CAISO, HostKind.Api, Name(http, "queryname"), Oasis));
        app.MapGet("/caiso/oasisapi/GroupZip", (HttpContext http) => calls.RunAsync(http, MarketZone.CAISO, HostKind.Api, Name(http, "groupid"), Oasis));
        app.MapGet("/caiso/outlook/current/{file}.csv", (HttpContext http, string file) =>
            calls.RunAsync(http, MarketZone.CAISO, HostKind.Files, file, call => _outlook.Day(call, file, MarketDay.Of(call.Now, MarketZone.CAISO))));
        app.MapGet("/caiso/outlook/history/{day}/{file}.csv", (HttpContext http, string day, string file) => calls.RunAsync(http, MarketZone.CAISO, HostKind.Files, file, call =>
            DateOnly.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? _outlook.Day(call, file, date) : Refusals.NoSuchFile()));
    }

    private static string Name(HttpContext http, string parameter) => http.Request.Query[parameter].ToString() is { Length: > 0 } name ? name.ToUpperInvariant() : parameter;

    private Answer Oasis(MarketCall call)
    {
        var name = $"{call.Now.UtcDateTime:yyyyMMdd_HH_mm_ss}_{call.Feed}";
        try
        {
            var query = OasisQuery.Read(call, call.Feed);
            name = query.FileName(call.Now);
            if (call.IsEmpty) throw OasisError.NoData();
            var table = call.Shape(Report(call, query), isCsv: true);
            return Answer.Zip(name + ".zip", call.Now.UtcDateTime, (name + ".csv", CsvText.Lines(table)));
        }
        catch (OasisError error)
        {
            return error.Answer(name, call.Now);
        }
    }

    private Table Report(MarketCall call, OasisQuery query) => query.Report switch
    {
        "SLD_FCST" => _forecasts.Load(call, query),
        "SLD_REN_FCST" => _forecasts.Renewable(call, query),
        "ATL_APNODE" => _atlas.Aggregates(),
        "ATL_PNODE" => _atlas.Nodes(),
        "ATL_PNODE_MAP" => _atlas.Map(),
        "PRC_CORR_GRP" => _corrections.Summary(call, query),
        _ when OasisPrices.Feed(query.Report) is { } feed => _prices.Report(call, query, feed),
        _ => throw OasisError.Invalid("queryname"),
    };
}
