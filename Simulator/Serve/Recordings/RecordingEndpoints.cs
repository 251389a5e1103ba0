using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Recordings;

/// <summary>
/// Recorded payloads at the addresses of the feeds they were recorded from, whatever range is asked for. What was not recorded is
/// not found.
/// </summary>
internal sealed class RecordingEndpoints(RecordedPayloads payloads)
{
    private const string Json = "application/json";

    private static readonly Dictionary<string, string> NyisoDatasets = new(StringComparer.Ordinal) { ["realtime"] = "rt_lbmp", ["pal"] = "pal_load" };

    /// <summary>Maps the markets.</summary>
    public void Map(IEndpointRouteBuilder app, MarketCalls calls)
    {
        app.MapGet("/pjm/api/v1/{feed}", (HttpContext http, string feed) => calls.RunAsync(http, MarketZone.PJM, HostKind.Api, feed, Pjm));
        app.MapGet("/caiso/oasisapi/SingleZip", (HttpContext http) => calls.RunAsync(http, MarketZone.CAISO, HostKind.Api, http.Request.Query["queryname"].ToString(), Caiso));
        app.MapGet("/ercot/misapp/servlets/IceDocListJsonWS", (HttpContext http) => calls.RunAsync(http, MarketZone.ERCOT, HostKind.Files, http.Request.Query["reportTypeId"].ToString(), List));
        app.MapGet("/ercot/misdownload/servlets/mirDownload", (HttpContext http) => payloads.ReportOf(http.Request.Query["doclookupId"].ToString()) is var report
            ? calls.RunAsync(http, MarketZone.ERCOT, HostKind.Files, report?.ToString(CultureInfo.InvariantCulture) ?? "unknown", call => Zip(report is { } id ? payloads.Report(id) : null, call.Now) ?? Refusals.NoSuchFile())
            : Task.CompletedTask);
        foreach (var root in new[] { "/ercot/api/public-reports/", "/ercot/" })
        {
            app.MapGet(root + "{product}/{report}", (HttpContext http, string product) =>
                calls.RunAsync(http, MarketZone.ERCOT, HostKind.Api, product, _ => Whole(payloads.Find(MarketZone.ERCOT, product + "*", [".json"]), Json) ?? Refusals.NotFound()));
        }

        app.MapGet("/nyiso/public/csv/{folder}/{file}", (HttpContext http, string folder, string file) => calls.RunAsync(http, MarketZone.NYISO, HostKind.Files, folder, _ =>
            Whole(payloads.Find(MarketZone.NYISO, NyisoDatasets.GetValueOrDefault(folder, folder), [".csv"], file.Length >= 8 ? file[..8] : file), "text/csv") ?? Refusals.NoSuchFile()));
        app.MapFallback((HttpContext http) =>
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    private Answer Pjm(MarketCall call)
    {
        var isCsv = "csv".Equals(call.Parameter("format"), StringComparison.OrdinalIgnoreCase);
        return (isCsv ? Whole(payloads.Find(MarketZone.PJM, call.Feed + "_csv", [".csv"]), "text/csv") : Whole(payloads.Find(MarketZone.PJM, call.Feed, [".json"]), Json))
            ?? Whole(payloads.Find(MarketZone.PJM, call.Feed + "_csv", [".csv"]), "text/csv")
            ?? Refusals.NotFound();
    }

    private Answer Caiso(MarketCall call) =>
        Zip(payloads.Find(MarketZone.CAISO, $"{call.Feed}_{call.Parameter("market_run_id")}", [".zip", ".csv"]), call.Now) ?? Refusals.NoSuchFile();

    private Answer List(MarketCall call)
    {
        if (Whole(payloads.DocumentList(call.Feed), Json) is { } recorded) return recorded;
        if (!int.TryParse(call.Feed, NumberStyles.None, CultureInfo.InvariantCulture, out var report) || payloads.Report(report) is not { } path) return Refusals.NoSuchFile();

        var name = Path.GetFileNameWithoutExtension(path);
        var posted = Ercot.ErcotTimes.WithOffset(call.Now.AddMinutes(-1), "yyyy-MM-dd'T'HH:mm:ss", colon: true);
        return Answer.Text(Json, $$$"""{"ListDocsByRptTypeRes":{"DocumentList":[{"Document":{"ReportTypeID":"{{{report}}}","Extension":"zip","FriendlyName":"{{{name}}}_csv","ConstructedName":"{{{name}}}_csv.zip","DocID":"{{{report}}}","PublishDate":"{{{posted}}}"}}]}}""");
    }

    private static Answer? Whole(string? path, string type) => path is null ? null : Answer.Bytes(type, File.ReadAllBytes(path));

    /// <summary>A zip as it is, a CSV file zipped.</summary>
    private static Answer? Zip(string? path, DateTimeOffset now)
    {
        if (path is null || path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)) return Whole(path, Answer.ZipType);
        return Answer.Zip(Path.GetFileNameWithoutExtension(path) + ".zip", now.UtcDateTime, (Path.GetFileName(path), [File.ReadAllText(path)]));
    }
}
