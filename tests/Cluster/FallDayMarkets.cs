using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OptiBid.Cluster.Tests;

/// <summary>
/// Three markets' day-ahead prices of 2 November 2025, the day of 25 hours, made up and labelled as each market labels
/// them. The price says the hour: the n-th hour of the market's day costs n $/MWh.
/// </summary>
internal sealed class FallDayMarkets : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FallDayMarkets(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<FallDayMarkets> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/pjm/da_hrl_lmps", () => Results.Text(Pjm(), "application/json"));
        app.MapGet("/caiso/SingleZip", () => Results.Bytes(Zip("prices.csv", Caiso()), "application/x-zip-compressed"));
        app.MapGet("/ercot/np4-190-cd/dam_stlmnt_pnt_prices", () => Results.Text(Ercot(), "application/json"));
        await app.StartAsync();
        return new FallDayMarkets(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Eastern midnight is 04:00 UTC; 01:00 comes twice on the wall clock and once in UTC.</summary>
    private static string Pjm()
    {
        var items = Enumerable.Range(0, 25).Select(hour =>
        {
            var utc = new DateTime(2025, 11, 2, 4, 0, 0).AddHours(hour);
            var wall = utc.AddHours(hour < 2 ? -4 : -5);
            return $$"""
                {"datetime_beginning_utc":"{{utc:s}}","datetime_beginning_ept":"{{wall:s}}","pnode_id":900001,"pnode_name":"FALL HUB","type":"HUB",
                 "system_energy_price_da":{{hour + 1}},"total_lmp_da":{{hour + 1}},"congestion_price_da":0,"marginal_loss_price_da":0,"row_is_current":true,"version_nbr":1}
                """;
        });
        return $$"""{"links":[],"items":[{{string.Join(',', items)}}],"totalRows":25}""";
    }

    /// <summary>Pacific midnight is 07:00 UTC; hour 25 of OPR_HR is the repeated one and stands last in the file.</summary>
    private static string Caiso()
    {
        var csv = new StringBuilder("INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,NODE,LMP_TYPE,MW\n");
        foreach (var hour in Enumerable.Range(0, 25).OrderBy(hour => hour == 2))
        {
            var start = new DateTime(2025, 11, 2, 7, 0, 0).AddHours(hour);
            var label = hour == 2 ? 25 : hour < 2 ? hour + 1 : hour;
            foreach (var (type, value) in new[] { ("MCL", 0), ("LMP", hour + 1), ("MCC", 0), ("MCE", hour + 1) })
                csv.Append(CultureInfo.InvariantCulture, $"{start:s}-00:00,{start.AddHours(1):s}-00:00,2025-11-02,{label},FALL_NODE,{type},{value}\n");
        }

        return csv.ToString();
    }

    /// <summary>Central midnight is 05:00 UTC; hour-ending 02:00 comes twice, the flagged one first in the file.</summary>
    private static string Ercot()
    {
        (string Label, bool Repeated, int Price)[] hours =
        [
            ("01:00", false, 1), ("02:00", true, 3), ("02:00", false, 2),
            .. Enumerable.Range(3, 22).Select(hour => ($"{hour:00}:00", false, hour + 1)),
        ];
        var rows = hours.Select(hour => $"""["2025-11-02","{hour.Label}","HB_FALL",{hour.Price},{(hour.Repeated ? "true" : "false")}]""");
        var fields = new[] { "deliveryDate", "hourEnding", "settlementPoint", "settlementPointPrice", "DSTFlag" }.Select(name => $$"""{"name":"{{name}}"}""");
        return $$"""{"_meta":{"totalRecords":25,"totalPages":1},"fields":[{{string.Join(',', fields)}}],"data":[{{string.Join(',', rows)}}]}""";
    }

    private static byte[] Zip(string name, string content)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            using var entry = archive.CreateEntry(name).Open();
            entry.Write(Encoding.UTF8.GetBytes(content));
        }

        return bytes.ToArray();
    }
}
