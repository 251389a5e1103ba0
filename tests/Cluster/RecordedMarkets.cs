using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OptiBid.Cluster.Tests;

/// <summary>Serves recorded payloads at the paths of the markets' interfaces, over HTTP on loopback.</summary>
internal sealed class RecordedMarkets : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RecordedMarkets(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Starts the server.</summary>
    /// <param name="recordings">Folder of the recordings.</param>
    public static async Task<RecordedMarkets> StartAsync(string recordings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");

        byte[] Recorded(string path) => File.ReadAllBytes(Path.Combine(recordings, path));
        // One after the other, as a market that is asked on two days.
        var asked = 0;
        app.MapGet("/pjm/rt_hrl_lmps", () => Interlocked.Increment(ref asked) % 2 == 1
            ? Results.Bytes(Recorded("pjm/rt_hrl_lmps/rt_hrl_lmps_2024-02-20_2rows.json"), "application/json")
            : Results.Bytes(Recorded("pjm/rt_hrl_lmps_csv/rt_hrl_lmps_revised_3-5-2024_open.csv"), "text/csv"));
        app.MapGet("/pjm/da_hrl_lmps", () => Results.Bytes(Recorded("pjm/da_hrl_lmps_csv/da_hrl_lmps_dst_spring_2025-03-09.csv"), "text/csv"));
        app.MapGet("/caiso/SingleZip", (string queryname) => Results.Bytes(
            Zip("prices.csv", Recorded(queryname == "PRC_LMP" ? "caiso/PRC_LMP_DAM/dam_apnode_2020-01-01.csv" : "caiso/PRC_INTVL_LMP_RTM/rtm_2025-09-01_0800Z.csv")),
            "application/x-zip-compressed"));
        app.MapGet("/ercot/np4-190-cd/dam_stlmnt_pnt_prices", () => Results.Bytes(
            Recorded("ercot/np4-190-cd_dam_spp/dam_spp_dst_spring_2026-03-08.json"), "application/json"));
        app.MapGet("/ercot/misapp/servlets/IceDocListJsonWS", () => Results.Json(new
        {
            ListDocsByRptTypeRes = new
            {
                DocumentList = new[]
                {
                    new
                    {
                        Document = new
                        {
                            DocID = "1282210463",
                            FriendlyName = "SPPHLZNP6905_20261003_2245_csv",
                            ConstructedName = "cdr.00012301.0000000000000000.20261003.224702.SPPHLZNP6905_20261003_2245_csv.zip",
                            PublishDate = "2026-10-03T22:47:02-05:00",
                            ReportTypeID = "12301",
                            Extension = "zip",
                        },
                    },
                },
            },
        }, options: new System.Text.Json.JsonSerializerOptions()));
        app.MapGet("/ercot/misdownload/servlets/mirDownload", () => Results.Bytes(
            Zip("prices.csv", Recorded("ercot/np6-905-cd_rt_spp/RECONSTRUCTED_spp_20261003_2245.csv")), "application/zip"));

        await app.StartAsync();
        return new RecordedMarkets(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static byte[] Zip(string name, byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            using var entry = archive.CreateEntry(name).Open();
            entry.Write(content);
        }

        return bytes.ToArray();
    }
}
