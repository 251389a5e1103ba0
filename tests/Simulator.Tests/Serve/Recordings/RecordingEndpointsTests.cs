using OptiBid.Simulator.Serve;

namespace OptiBid.Simulator.Tests.Serve.Recordings;

/// <summary>Recorded payloads stay outside the project; their folder is named by <c>OPTIBID_RECORDINGS</c>.</summary>
public sealed class RecordingEndpointsTests : ServeTest
{
    private static ServeOptions Recorded
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("OPTIBID_RECORDINGS");
            Assert.SkipWhen(string.IsNullOrEmpty(folder), "OPTIBID_RECORDINGS does not name the folder of recorded payloads");
            return new() { Recordings = folder };
        }
    }

    [Theory]
    [InlineData("/pjm/api/v1/rt_hrl_lmps?datetime_beginning_ept=today", "pjm/rt_hrl_lmps/rt_hrl_lmps_2024-02-20_2rows.json")]
    [InlineData("/pjm/api/v1/da_hrl_lmps?format=csv", "pjm/da_hrl_lmps_csv/da_hrl_lmps_dst_spring_2025-03-09.csv")]
    [InlineData("/ercot/misapp/servlets/IceDocListJsonWS?reportTypeId=12311", "ercot/mis_doc_list_12311/load_forecast_by_forecast_zone.json")]
    [InlineData("/ercot/misdownload/servlets/mirDownload?doclookupId=1085273815", "ercot/np3-560_load_forecast/load_forecast_specific_reportid.zip")]
    [InlineData("/ercot/api/public-reports/np4-190-cd/dam_stlmnt_pnt_prices", "ercot/np4-190-cd_dam_spp/dam_spp_dst_spring_2026-03-08.json")]
    [InlineData("/caiso/oasisapi/SingleZip?queryname=SLD_FCST&market_run_id=7DA", "caiso/SLD_FCST_7DA/20250219_20250227_SLD_FCST_7DA_20250221_01_09_58_v1.zip")]
    [InlineData("/nyiso/public/csv/rtfuelmix/20250201rtfuelmix.csv", "nyiso/rtfuelmix/20250201rtfuelmix.csv")]
    public async Task RecordedFeed_IsServedByteForByte(string path, string file)
    {
        var options = Recorded;
        await StartAsync(options);

        using var answer = await GetAsync(path);

        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(options.Recordings!, file), Cancel), await answer.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task RecordedCsv_OfAMarketThatZips_IsZipped()
    {
        await StartAsync(Recorded);

        var (name, text) = await UnzippedAsync("/caiso/oasisapi/SingleZip?queryname=PRC_INTVL_LMP&market_run_id=RTM");

        Assert.Equal(("rtm_2025-09-01_0800Z.csv", 49), (name, Lines(text).Length));
    }

    [Theory]
    [InlineData("/pjm/api/v1/inst_load")]
    [InlineData("/pjm/api/v1/..%2Ferrors")]
    [InlineData("/caiso/oasisapi/SingleZip?queryname=PRC_RTPD_LMP&market_run_id=RTPD")]
    [InlineData("/ercot/misapp/servlets/IceDocListJsonWS?reportTypeId=13045")]
    [InlineData("/ercot/misdownload/servlets/mirDownload?doclookupId=1")]
    [InlineData("/nyiso/public/csv/pal/20261124pal.csv")]
    [InlineData("/caiso/outlook/current/demand.csv")]
    public async Task WhatWasNotRecorded_IsNotFound(string path)
    {
        await StartAsync(Recorded);

        using var answer = await GetAsync(path);

        Assert.Equal(404, (int)answer.StatusCode);
    }
}
