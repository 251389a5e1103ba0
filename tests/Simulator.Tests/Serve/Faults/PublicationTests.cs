using System.Globalization;
using System.Text.Json;

namespace OptiBid.Simulator.Tests.Serve.Faults;

/// <summary>Faults of publications: rows that come late, values that are corrected, and the truth about both.</summary>
public sealed class PublicationTests : ServeTest
{
    private const string Live = "/pjm/api/v1/rt_unverified_fivemin_lmps?datetime_beginning_utc=11/24/2026 17:30to11/24/2026 17:39";
    private const string Truth = "zone=PJM&price_type=REAL_TIME_5_MIN&from=2026-11-24T17:30:00Z&to=2026-11-24T17:40:00Z";

    private async Task<int> RowsAsync(string path) => (await JsonAsync(path)).GetProperty("totalRows").GetInt32();

    [Fact]
    public async Task Late_HoldsRowsBackForAWhile()
    {
        await StartAsync();
        await FaultAsync(new { zone = "PJM", feed = "rt_unverified_fivemin_lmps", fault = "late", delay = 120, seconds = 60 });

        var counts = new List<int>();
        foreach (var seconds in new[] { 40, 100, 20, 150 })
        {
            Clock.Advance(TimeSpan.FromSeconds(seconds));
            counts.Add(await RowsAsync(Live));
        }

        // 17:31:10 held back, 17:32:50 still, 17:33:10 out; 17:35 is published after the fault's end, in time.
        Assert.Equal([0, 0, 18, 18], counts);
        Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(36, await RowsAsync(Live));
        var published = (await PublishedAsync(Truth)).GroupBy(row => row.GetProperty("timestamp").GetDateTimeOffset()).Select(interval => interval.Select(row => row.GetProperty("published_at").GetDateTimeOffset()).Distinct().Single());
        Assert.Equal(["17:33:00", "17:36:00"], published.Select(time => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Late_AShareOfTheRows_LeavesTheOthersInTime()
    {
        await StartAsync(new() { Locations = 200, Seed = 3 });
        await FaultAsync(new { zone = "PJM", fault = "late", delay = 120, share = 0.5 });
        Clock.Advance(TimeSpan.FromSeconds(40));

        var early = await JsonAsync(Live);

        Assert.InRange(early.GetProperty("totalRows").GetInt32(), 60, 140);
        Assert.Equal(early.GetProperty("totalRows").GetInt32(), early.GetProperty("items").GetArrayLength());
        Clock.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(200, await RowsAsync(Live));
    }

    [Fact]
    public async Task Corrected_Pjm_PublishesASecondVersion()
    {
        await StartAsync();
        const string Hours = "/pjm/api/v1/rt_hrl_lmps?pnode_id=1&datetime_beginning_ept=11/23/2026 00:00to11/23/2026 02:00";
        Assert.Equal(3, await RowsAsync(Hours));
        await FaultAsync(new { zone = "PJM", feed = "rt_hrl_lmps", fault = "corrected", delay = 10 });
        Assert.Equal(3, await RowsAsync(Hours));

        Clock.Advance(TimeSpan.FromSeconds(10));

        var items = (await JsonAsync(Hours)).GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal([(1, false), (2, true), (1, false), (2, true), (1, false), (2, true)], items.Select(item => (item.GetProperty("version_nbr").GetInt32(), item.GetProperty("row_is_current").GetBoolean())));
        Assert.NotEqual(items[0].GetProperty("total_lmp_rt").GetDouble(), items[1].GetProperty("total_lmp_rt").GetDouble());
        Assert.Equal(3, await RowsAsync(Hours + "&row_is_current=TRUE"));
        Assert.Equal(3, await RowsAsync(Hours + "&version_nbr=2;3"));
        var truth = await PublishedAsync("zone=PJM&price_type=REAL_TIME_HOURLY&from=2026-11-23T05:00:00Z&to=2026-11-23T06:00:00Z");
        Assert.Equal(
            items.Take(2).Select(item => item.GetProperty("total_lmp_rt").GetDouble()),
            truth.Where(row => row.GetProperty("location").GetString() == "1").Select(row => row.GetProperty("price").GetDouble()));
    }

    [Fact]
    public async Task Corrected_PagingAcrossVersions_GivesEveryRowOnce()
    {
        await StartAsync();
        await FaultAsync(new { zone = "PJM", feed = "rt_hrl_lmps", fault = "corrected", delay = 1, share = 0.5 });
        Clock.Advance(TimeSpan.FromSeconds(1));
        const string Hours = "/pjm/api/v1/rt_hrl_lmps?datetime_beginning_ept=11/23/2026 00:00to11/23/2026 09:00&rowCount=50&startRow=";

        var total = await RowsAsync(Hours + "1");
        var rows = new List<string>();
        for (var first = 1; first <= total; first += 50)
            rows.AddRange((await JsonAsync(Hours + first)).GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("datetime_beginning_utc")} {item.GetProperty("pnode_id")} {item.GetProperty("version_nbr")}"));

        Assert.InRange(total, 10 * 18 + 1, 20 * 18 - 1);
        Assert.Equal((total, total), (rows.Count, rows.Distinct().Count()));
    }

    [Fact]
    public async Task Corrected_Ercot_IsInTheCorrectionFileAndTheApiButNotInTheOldFile()
    {
        await StartAsync();
        await FaultAsync(new { zone = "ERCOT", fault = "corrected", delay = 10 });
        Clock.Advance(TimeSpan.FromSeconds(10));

        var corrections = (await JsonAsync("/ercot/misapp/servlets/IceDocListJsonWS?reportTypeId=13045")).GetProperty("ListDocsByRptTypeRes").GetProperty("DocumentList").EnumerateArray()
            .Select(entry => entry.GetProperty("Document")).Where(document => document.GetProperty("FriendlyName").GetString() == "RTM_SPP_20261124_1100_csv").ToArray();
        var (_, text) = await UnzippedAsync("/ercot/misdownload/servlets/mirDownload?doclookupId=" + Assert.Single(corrections).GetProperty("DocID").GetString());
        var row = Lines(text).Select(line => line.Split(',')).Single(cells => cells[3] == "HB_NORTH");
        var api = await JsonAsync("/ercot/np6-905-cd/spp_node_zone_hub?deliveryDateFrom=2026-11-24&deliveryDateTo=2026-11-24&settlementPoint=HB_NORTH&size=100");
        var corrected = api.GetProperty("data").EnumerateArray().Single(cells => cells[1].GetInt32() == 12 && cells[2].GetInt32() == 1);
        var report = await JsonAsync("/ercot/np4-197-m/rtm_price_corrections_spp?size=10000");
        var old = await OldAsync();

        Assert.Equal("DeliveryDate,DeliveryHour,DeliveryInterval,SettlementPointName,SettlementPointType,SPPOriginal,SPPCorrected,PriceCorrectionTime,DSTFlag", Lines(text)[0]);
        Assert.Equal(["11/24/2026", "12", "1", "HB_NORTH", "HU"], row.Take(5));
        Assert.Equal(("11/24/2026 11:30:40", "N"), (row[7], row[8]));
        Assert.NotEqual(row[5], row[6]);
        Assert.Equal((row[5], row[6]), (old, corrected[5].GetRawText()));
        Assert.Contains(report.GetProperty("data").EnumerateArray(), cells => cells[3].GetString() == "HB_NORTH" && cells[6].GetRawText() == row[6]);

        async Task<string> OldAsync()
        {
            var document = (await JsonAsync("/ercot/misapp/servlets/IceDocListJsonWS?reportTypeId=12301")).GetProperty("ListDocsByRptTypeRes").GetProperty("DocumentList").EnumerateArray()
                .Select(entry => entry.GetProperty("Document")).First(entry => entry.GetProperty("FriendlyName").GetString() == "SPPHLZNP6905_20261124_1115_csv");
            var (_, content) = await UnzippedAsync("/ercot/misdownload/servlets/mirDownload?doclookupId=" + document.GetProperty("DocID").GetString());
            return Lines(content).Select(line => line.Split(',')).Single(cells => cells[3] == "HB_NORTH")[5];
        }
    }

    [Fact]
    public async Task Corrected_Caiso_IsRepublishedAndInTheSummary()
    {
        await StartAsync();
        const string Prices = "/caiso/oasisapi/SingleZip?queryname=PRC_INTVL_LMP&market_run_id=RTM&version=3&resultformat=6&node=TH_NP15_GEN-APND&startdatetime=20261124T17:00-0000&enddatetime=20261124T17:05-0000";
        var before = (await UnzippedAsync(Prices)).Text;
        await FaultAsync(new { zone = "CAISO", feed = "PRC_INTVL_LMP", fault = "corrected", delay = 10 });
        Clock.Advance(TimeSpan.FromSeconds(10));

        var summary = Lines((await UnzippedAsync("/caiso/oasisapi/GroupZip?groupid=PRC_CORR_GRP&version=1&resultformat=6&startdatetime=20261124T08:00-0000")).Text);

        Assert.NotEqual(before, (await UnzippedAsync(Prices)).Text);
        Assert.Equal("TRADE_DATE,HOUR_ENDING,INTERVAL,MARKET,AFFECTED_AREA,CORRECTION_METHOD,CORRECTION_COUNT,ENERGY_TYPECODE,CORRECTION_REASON,REPORT_GENERATED", summary[0]);
        Assert.Contains("2026-11-24,10,1,RTD,ALL,SELECTIVE RECALCULATION,18,LMP,DATA INPUT FAILURE,2026-11-24 09:30:40", summary);
        Assert.Contains(summary, line => line.StartsWith("2026-11-24,,,DAM,", StringComparison.Ordinal) && line.Contains("No records found for report.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Corrected_TakenBackBeforeItCame_NeverComes()
    {
        await StartAsync();
        await FaultAsync(new { zone = "NYISO", fault = "corrected", delay = 10 });
        Clock.Advance(TimeSpan.FromSeconds(5));
        using (await DeleteAsync("/_control/faults"))
        {
        }

        Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.All(await PublishedAsync("zone=NYISO&from=2026-11-24T17:00:00Z&to=2026-11-24T18:00:00Z"), row => Assert.Equal(1, row.GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task Published_IsWhatTheMarketAnswers_AndNothingOfTheFuture()
    {
        await StartAsync();

        var truth = await PublishedAsync("zone=ERCOT&price_type=REAL_TIME_15_MIN&from=2026-11-24T16:00:00Z&to=2026-11-24T18:00:00Z");
        var api = await JsonAsync("/ercot/np6-905-cd/spp_node_zone_hub?deliveryDateFrom=2026-11-24&deliveryDateTo=2026-11-24&size=10000");

        Assert.Equal(5 * 26, truth.Length);
        Assert.All(truth, row => Assert.True(row.GetProperty("published_at").GetDateTimeOffset() <= Clock.GetUtcNow()));
        var served = api.GetProperty("data").EnumerateArray().ToLookup(row => $"{row[1]}/{row[2]}/{row[3]}{(row[4].GetString() == "LZEW" ? ":LZEW" : "")}", row => row[5].GetDouble());
        foreach (var row in truth.Where(row => row.GetProperty("timestamp").GetDateTimeOffset().Hour == 16))
        {
            var quarter = row.GetProperty("timestamp").GetDateTimeOffset().Minute / 15 + 1;
            Assert.Equal(served[$"11/{quarter}/{row.GetProperty("location").GetString()}"].Single(), row.GetProperty("price").GetDouble());
        }
    }

    [Fact]
    public async Task Published_WrongParameters_Are400()
    {
        await StartAsync();

        foreach (var query in new[] { "zone=MARS", "price_type=HOURLY", "from=yesterday" })
        {
            using var answer = await GetAsync("/_control/published?" + query);
            Assert.Equal(400, (int)answer.StatusCode);
            Assert.True(JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.TryGetProperty("error", out _));
        }
    }
}
