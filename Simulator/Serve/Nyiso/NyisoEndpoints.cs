using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Nyiso;

/// <summary>NYISO's public files under <c>/nyiso/public/csv</c>: the last ten days each by itself, any month as a zip; and the newest dispatch run.</summary>
internal sealed class NyisoEndpoints(ServedMarket market)
{
    private const int DaysKept = 10;
    private const string ZipEnding = "_csv.zip";
    private const string CsvEnding = ".csv";

    private readonly NyisoFiles _files = new(market);

    /// <summary>Maps the files.</summary>
    public void Map(IEndpointRouteBuilder app, MarketCalls calls)
    {
        app.MapGet("/nyiso/public/realtime/{file}.csv", (HttpContext http, string file) => calls.RunAsync(http, MarketZone.NYISO, HostKind.Files, "realtime", call => Newest(call, file)));
        app.MapGet("/nyiso/public/csv/generator/generator.csv", (HttpContext http) =>
            calls.RunAsync(http, MarketZone.NYISO, HostKind.Files, "generator", call => Answer.Text("text/csv", _files.Generators(call))));
        app.MapGet("/nyiso/public/csv/{folder}/{file}", (HttpContext http, string folder, string file) =>
            calls.RunAsync(http, MarketZone.NYISO, HostKind.Files, folder, call => File(call, folder, file)));
    }

    private Answer Newest(MarketCall call, string file)
    {
        if (file is not ("realtime_zone_lbmp" or "realtime_gen_lbmp") || _files.Newest(call.Now) is not { } newest) return Refusals.NoSuchFile();
        return Answer.Text("text/csv", _files.NewestLines(call, file == "realtime_zone_lbmp", newest.Start)) with { LastModified = newest.PublishedAt };
    }

    private Answer File(MarketCall call, string folder, string file)
    {
        if (file.Length <= 8 || !DateOnly.TryParseExact(file[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return Refusals.NoSuchFile();

        var isZip = file.EndsWith(ZipEnding, StringComparison.Ordinal);
        var name = file[8..];
        if (!isZip && !name.EndsWith(CsvEnding, StringComparison.Ordinal)) return Refusals.NoSuchFile();
        name = name[..^(isZip ? ZipEnding : CsvEnding).Length];
        if (!NyisoFiles.Known.Contains((folder, name))) return Refusals.NoSuchFile();
        return isZip ? Month(call, folder, name, day) : Day(call, folder, name, day);
    }

    private Answer Day(MarketCall call, string folder, string name, DateOnly day)
    {
        if (day < MarketDay.Of(call.Now, MarketZone.NYISO).AddDays(-DaysKept) || _files.Changed(folder, day, call.Now) is not { } changed) return Refusals.NoSuchFile();
        return Answer.Text("text/csv", _files.Lines(call, folder, name, day)) with { LastModified = changed };
    }

    private Answer Month(MarketCall call, string folder, string name, DateOnly month)
    {
        if (month.Day != 1) return Refusals.NoSuchFile();
        var days = Enumerable.Range(0, DateTime.DaysInMonth(month.Year, month.Month)).Select(month.AddDays)
            .Select(day => (Day: day, Changed: _files.Changed(folder, day, call.Now))).Where(entry => entry.Changed is not null).ToArray();
        if (days.Length == 0) return Refusals.NoSuchFile();

        var changed = days.Max(entry => entry.Changed!.Value);
        var members = days.Select(entry => ($"{entry.Day:yyyyMMdd}{name}{CsvEnding}", _files.Lines(call, folder, name, entry.Day))).ToArray();
        var stamp = WallClock.FromUtc(changed, MarketClocks.Eastern).Local;
        return Answer.Zip($"{month:yyyyMMdd}{name}{ZipEnding}", stamp, members) with { LastModified = changed };
    }
}
