using System.Globalization;

namespace OptiBid.Simulator.Tests.Serve.Caiso;

public sealed class CaisoEndpointsTests : ServeTest
{
    private const string RealTime = "/caiso/oasisapi/SingleZip?queryname=PRC_INTVL_LMP&market_run_id=RTM&version=3&resultformat=6&node=TH_NP15_GEN-APND&startdatetime=20261124T16:00-0000&enddatetime=20261124T17:00-0000";
    private const string DayAhead = "/caiso/oasisapi/SingleZip?queryname=PRC_LMP&market_run_id=DAM&version=12&resultformat=6&grp_type=ALL_APNODES";

    [Fact]
    public async Task RealTime_AnHour_IsARowPerComponentThatAddUp()
    {
        await StartAsync();

        var (name, text) = await UnzippedAsync(RealTime);

        Assert.Equal("20261124_20261124_PRC_INTVL_LMP_RTM_20261124_17_30_30_v3.csv", name);
        var lines = Lines(text);
        Assert.Equal("INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,NODE_ID_XML,NODE_ID,NODE,MARKET_RUN_ID,LMP_TYPE,XML_DATA_ITEM,PNODE_RESMRID,GRP_TYPE,POS,MW,OPR_INTERVAL,GROUP", lines[0]);
        Assert.Matches(@"^2026-11-24T16:00:00-00:00,2026-11-24T16:05:00-00:00,2026-11-24,09,TH_NP15_GEN-APND,TH_NP15_GEN-APND,TH_NP15_GEN-APND,RTM,MCC,LMP_CONG_PRC,TH_NP15_GEN-APND,ALL_APNODES,0,-?\d+(\.\d{1,5})?,1,1$", lines[1]);
        Assert.Equal(49, lines.Length);
        var rows = lines.Skip(1).Select(line => line.Split(',')).ToArray();
        Assert.All(rows.GroupBy(row => row[0]), interval =>
        {
            decimal Value(string type) => decimal.Parse(interval.Single(row => row[8] == type)[13], CultureInfo.InvariantCulture);
            Assert.Equal(Value("LMP"), Value("MCE") + Value("MCC") + Value("MCL"));
        });
    }

    [Fact]
    public async Task DayAhead_AutumnDay_HasHour25AndIsNotSorted()
    {
        await StartAsync();

        var (_, text) = await UnzippedAsync(DayAhead + "&startdatetime=20261101T07:00-0000&enddatetime=20261102T08:00-0000");

        var lines = Lines(text);
        Assert.Equal("INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,OPR_INTERVAL,NODE_ID_XML,NODE_ID,NODE,MARKET_RUN_ID,LMP_TYPE,XML_DATA_ITEM,PNODE_RESMRID,GRP_TYPE,POS,MW,GROUP", lines[0]);
        var hours = lines.Skip(1).Select(line => line.Split(',')).Where(row => row[7] == "TH_NP15_GEN-APND" && row[9] == "LMP").ToArray();
        Assert.Equal(25, hours.Length);
        Assert.Equal("2026-11-01T09:00:00-00:00", hours.Single(row => row[3] == "25")[0]);
        Assert.Equal("2026-11-01T08:00:00-00:00", hours.Single(row => row[3] == "2")[0]);
        Assert.NotEqual(hours.Select(row => row[0]).Order(StringComparer.Ordinal), hours.Select(row => row[0]));
    }

    [Fact]
    public async Task DayAhead_SpringDay_HasNoThirdHour()
    {
        await StartAsync();

        var (_, text) = await UnzippedAsync(DayAhead + "&startdatetime=20260308T08:00-0000&enddatetime=20260309T07:00-0000");

        var hours = Lines(text).Skip(1).Select(line => line.Split(',')).Where(row => row[7] == "TH_NP15_GEN-APND" && row[9] == "LMP").Select(row => row[3]).ToArray();
        Assert.Equal(23, hours.Length);
        Assert.DoesNotContain("3", hours);
    }

    [Theory]
    [InlineData("&startdatetime=20261126T08:00-0000&enddatetime=20261127T08:00-0000", "1000", "No data returned for the specified selection")]
    [InlineData("&startdatetime=20261001T07:00-0000&enddatetime=20261102T08:00-0000", "1004", "Data can be requested for period of 31 days only")]
    public async Task DayAhead_NothingOrTooMuch_IsAZippedError(string range, string code, string words)
    {
        await StartAsync();

        var (name, text) = await UnzippedAsync(DayAhead + range);

        Assert.EndsWith(".xml", name, StringComparison.Ordinal);
        Assert.Contains($"<m:ERROR>\n<m:ERR_CODE>{code}</m:ERR_CODE>\n<m:ERR_DESC>{words}</m:ERR_DESC>\n</m:ERROR>", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SLD_FCST&market_run_id=7DA", "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,LOAD_TYPE,OPR_DT,OPR_HR,OPR_INTERVAL,MARKET_RUN_ID,TAC_AREA_NAME,LABEL,XML_DATA_ITEM,POS,MW,EXECUTION_TYPE,GROUP", ",7DA,CA ISO-TAC,Demand Forecast 7-Day Ahead,SYS_FCST_7DA_MW,0.8,")]
    [InlineData("SLD_FCST&market_run_id=2DA", null, ",2DA,CA ISO-TAC,Demand Forecast 2-Day Ahead,SYS_FCST_2DA_MW,")]
    [InlineData("SLD_FCST&market_run_id=DAM", null, ",DAM,CA ISO-TAC,Demand Forecast Day Ahead,SYS_FCST_DA_MW,")]
    [InlineData("SLD_FCST&market_run_id=ACTUAL", null, ",ACTUAL,CA ISO-TAC,Total Actual Hourly Integrated Load,SYS_FCST_ACT_MW,")]
    [InlineData("SLD_FCST&market_run_id=RTM&execution_type=RTPD", null, ",RTM,CA ISO-TAC,RTM 15Min Load Forecast,SYS_FCST_15MIN_MW,")]
    [InlineData("SLD_REN_FCST&market_run_id=DAM", "OPR_DT,OPR_HR,OPR_INTERVAL,INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,TRADING_HUB,RENEWABLE_TYPE,LABEL,XML_DATA_ITEM,MARKET_RUN_ID_POS,RENEW_POS,MW,MARKET_RUN_ID,GROUP", ",NP15,Solar,Renewable Forecast Day Ahead,RENEW_FCST_DA_MW,")]
    public async Task Forecasts_HaveTheirColumnsAndLabels(string report, string? columns, string label)
    {
        await StartAsync();

        var (_, text) = await UnzippedAsync($"/caiso/oasisapi/SingleZip?queryname={report}&version=1&resultformat=6&startdatetime=20261124T08:00-0000&enddatetime=20261125T08:00-0000");

        if (columns is not null) Assert.Equal(columns, Lines(text)[0]);
        Assert.Contains(label, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outlook_Today_Has289RowsBlankWhereToCome()
    {
        await StartAsync();

        var fuels = await LinesAsync("/caiso/outlook/current/fuelsource.csv");
        var demand = await LinesAsync("/caiso/outlook/current/demand.csv");

        Assert.Equal("Time,Solar,Wind,Geothermal,Biomass,Biogas,Small hydro,Coal,Nuclear,Natural Gas,Large Hydro,Batteries,Imports,Other", fuels[0]);
        Assert.Equal("Time,Day ahead forecast,Hour ahead forecast,Current demand,Demand response", demand[0]);
        Assert.Equal(290, fuels.Length);
        // 09:30 in California.
        Assert.Matches(@"^09:25,\d+,", fuels[1 + 113]);
        Assert.Equal("09:30,,,,,,,,,,,,,", fuels[1 + 114]);
        Assert.Matches(@"^23:55,\d+,,,$", demand[1 + 287]);
        using var future = await GetAsync("/caiso/outlook/history/20261125/demand.csv");
        Assert.Equal(404, (int)future.StatusCode);
    }

    [Fact]
    public async Task Outlook_SpringDay_HasABlankHour()
    {
        await StartAsync();

        var demand = await LinesAsync("/caiso/outlook/history/20260308/demand.csv");

        Assert.Equal((290, "02:00,,,,"), (demand.Length, demand[1 + 24]));
    }

    [Fact]
    public async Task Outlook_ConditionalRequest_Is304UntilTheFileChanges()
    {
        await StartAsync();
        using var first = await GetAsync("/caiso/outlook/current/fuelsource.csv");
        var tag = first.Headers.ETag!.ToString();

        using var same = await GetAsync("/caiso/outlook/current/fuelsource.csv", ("If-None-Match", tag));
        using var since = await GetAsync("/caiso/outlook/current/fuelsource.csv", ("If-Modified-Since", first.Content.Headers.LastModified!.Value.ToString("R", CultureInfo.InvariantCulture)));
        Clock.Advance(TimeSpan.FromMinutes(5));
        using var changed = await GetAsync("/caiso/outlook/current/fuelsource.csv", ("If-None-Match", tag));

        Assert.Equal([304, 304, 200], new[] { same, since, changed }.Select(answer => (int)answer.StatusCode));
    }
}
