using System.Text.Json;

namespace OptiBid.Simulator.Tests.Serve.Ercot;

public sealed class ErcotEndpointsTests : ServeTest
{
    private static readonly DateTimeOffset AfterAutumn = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private async Task<JsonElement[]> ListAsync(int report)
    {
        var list = (await JsonAsync($"/ercot/misapp/servlets/IceDocListJsonWS?reportTypeId={report}")).GetProperty("ListDocsByRptTypeRes");
        return list.TryGetProperty("DocumentList", out var documents) ? [.. documents.EnumerateArray().Select(entry => entry.GetProperty("Document"))] : [];
    }

    private Task<(string Name, string Text)> DocumentAsync(JsonElement document) => UnzippedAsync("/ercot/misdownload/servlets/mirDownload?doclookupId=" + document.GetProperty("DocID").GetString());

    [Fact]
    public async Task List_SettlementPoints_NewestFirstAsCsvAndXml()
    {
        await StartAsync();

        var documents = await ListAsync(12301);

        Assert.Equal(5 * 96 * 2, documents.Length);
        Assert.Equal(
            """{"ExpiredDate":"2026-11-29T23:59:59-06:00","ILMStatus":"EXT","SecurityStatus":"P","ContentSize":"10563","Extension":"zip","ReportTypeID":"12301","Prefix":"cdr","FriendlyName":"SPPHLZNP6905_20261124_1115_csv","ConstructedName":"cdr.00012301.0000000000000000.20261124.111702000.SPPHLZNP6905_20261124_1115_csv.zip","DocID":"1229925660000","PublishDate":"2026-11-24T11:17:02-06:00","ReportName":"Settlement Point Prices at Resource Nodes, Hubs and Load Zones","DUNS":"0000000000000000","DocCount":"0"}""",
            documents[0].GetRawText());
        Assert.Equal("SPPHLZNP6905_20261124_1115_xml", documents[1].GetProperty("FriendlyName").GetString());
        Assert.Empty(await ListAsync(99999));
    }

    [Theory]
    [InlineData(12300, @"^cdr\.00012300\.0{16}\.20261124\.1130\d\d\.LMPSROSNODENP6788_20261124_1130\d\d\.csv$", "SCEDTimestamp,RepeatedHourFlag,SettlementPoint,LMP", @"^11/24/2026 11:30:\d\d,N,HB_BUSAVG,-?\d+(\.\d{1,2})?$")]
    [InlineData(12301, @"^cdr\.00012301\.0{16}\.20261124\.111702\.SPPHLZNP6905_20261124_1115\.csv$", "DeliveryDate,DeliveryHour,DeliveryInterval,SettlementPointName,SettlementPointType,SettlementPointPrice,DSTFlag", @"^11/24/2026,12,1,LZ_HOUSTON,LZEW,-?\d+(\.\d{1,2})?,N$")]
    [InlineData(12331, @"DAMSPNP4190\.csv$", "DeliveryDate,HourEnding,SettlementPoint,SettlementPointPrice,DSTFlag", @"^11/24/2026,24:00,HB_WEST, -?\d+(\.\d{1,2})?,N$")]
    [InlineData(12311, @"LFCCONGESTNP3560\.csv$", "DeliveryDate,HourEnding,North,South,West,Houston,SystemTotal,DSTFlag    ", @"^11/24/2026,1:00,[\d.]+,[\d.]+,[\d.]+,[\d.]+,[\d.]+,N$")]
    [InlineData(13028, @"WPPHRLYAVGACTNP4732\.csv$", "DELIVERY_DATE,HOUR_ENDING,SYSTEM_WIDE_GEN,COP_HSL_SYSTEM_WIDE,STWPF_SYSTEM_WIDE,WGRPP_SYSTEM_WIDE,GEN_LZ_SOUTH_HOUSTON,COP_HSL_LZ_SOUTH_HOUSTON,STWPF_LZ_SOUTH_HOUSTON,WGRPP_LZ_SOUTH_HOUSTON,GEN_LZ_WEST,COP_HSL_LZ_WEST,STWPF_LZ_WEST,WGRPP_LZ_WEST,GEN_LZ_NORTH,COP_HSL_LZ_NORTH,STWPF_LZ_NORTH,WGRPP_LZ_NORTH,SYSTEM_WIDE_HSL,DSTFlag", @"^11/26/2026,12,,[\d.]+,[\d.]+,[\d.]+,,")]
    [InlineData(13483, @"NP4737\.csv$", "DELIVERY_DATE,HOUR_ENDING,SYSTEM_WIDE_GEN,COP_HSL_SYSTEM_WIDE,STPPF_SYSTEM_WIDE,PVGRPP_SYSTEM_WIDE,SYSTEM_WIDE_HSL,DSTFlag", @"^11/26/2026,12,,[\d.]+,[\d.]+,[\d.]+,,N$")]
    public async Task Document_OfEachReport_HasItsNameColumnsAndRows(int report, string name, string columns, string row)
    {
        await StartAsync();

        var (member, text) = await DocumentAsync((await ListAsync(report))[0]);

        Assert.Matches(name, member);
        Assert.Equal(columns, text[..text.IndexOf('\n', StringComparison.Ordinal)]);
        Assert.Contains(Lines(text), line => System.Text.RegularExpressions.Regex.IsMatch(line, row));
    }

    [Fact]
    public async Task AutumnDay_RepeatedHour_IsFlaggedAndItsFilesSayXhr()
    {
        await StartAsync(now: AfterAutumn);

        var documents = (await ListAsync(12301)).Where(document => document.GetProperty("FriendlyName").GetString()!.EndsWith("csv", StringComparison.Ordinal)).ToArray();

        var repeated = documents.Where(document => document.GetProperty("FriendlyName").GetString()!.Contains("xhr", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["SPPHLZNP6905_20261101_0145_xhr_csv", "SPPHLZNP6905_20261101_0130_xhr_csv", "SPPHLZNP6905_20261101_0115_xhr_csv", "SPPHLZNP6905_20261101_0100_xhr_csv"], repeated.Select(document => document.GetProperty("FriendlyName").GetString()));
        // The offset is wrong there, as ERCOT writes it.
        Assert.Equal("2026-11-01T01:17:02-05:00", repeated[2].GetProperty("PublishDate").GetString());
        Assert.All(Lines((await DocumentAsync(repeated[2])).Text).Skip(1), line => Assert.Matches("^11/01/2026,2,1,.*,Y$", line));
    }

    [Fact]
    public async Task DayAhead_AutumnDay_RepeatedRowComesFirst()
    {
        await StartAsync(now: AfterAutumn);

        var day = await JsonAsync("/ercot/api/public-reports/np4-190-cd/dam_stlmnt_pnt_prices?deliveryDateFrom=2026-11-01&deliveryDateTo=2026-11-01&settlementPoint=HB_NORTH");

        Assert.Equal(25, day.GetProperty("_meta").GetProperty("totalRecords").GetInt32());
        var rows = day.GetProperty("data").EnumerateArray().Select(row => (Hour: row[1].GetString(), Flag: row[4].GetBoolean())).ToArray();
        Assert.Equal([("01:00", false), ("02:00", true), ("02:00", false), ("03:00", false)], rows.Take(4));
    }

    [Fact]
    public async Task DayAhead_SpringDay_LeavesTheThirdHourOut()
    {
        await StartAsync();

        var text = await TextAsync("/ercot/np4-190-cd/dam_stlmnt_pnt_prices?deliveryDateFrom=2026-03-08&deliveryDateTo=2026-03-08&settlementPoint=HB_HUBAVG&size=100");

        Assert.StartsWith("""{"_meta":{"totalRecords":23,"pageSize":100,"totalPages":1,"currentPage":1,"query":{"parameterCount":3,"parameters":{"deliveryDateFrom":"2026-03-08","deliveryDateTo":"2026-03-08","settlementPoint":"HB_HUBAVG"},"sortedBy":"deliveryDate: DESC,hourEnding: ASC,settlementPoint: ASC"}},"report":{"reportName":"dam_stlmnt_pnt_prices","reportDisplayName":"DAM Settlement Point Prices","reportId":"12331","reportEMIL":"NP4-190-CD","downloadLimit":2000000},"fields":[{"name":"deliveryDate","label":"Delivery Date","cardinality":1,"dataType":"DATE","searchable":true,"sortable":true,"hasRange":true},""", text, StringComparison.Ordinal);
        Assert.Contains("""["2026-03-08","02:00","HB_HUBAVG",""", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"03:00\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_Pages_GiveEveryRowOnce()
    {
        await StartAsync();
        const string Path = "/ercot/np6-905-cd/spp_node_zone_hub?deliveryDateFrom=2026-11-23&deliveryDateTo=2026-11-23&size=1000&page=";

        var pages = new List<JsonElement>();
        for (var page = 1; page <= 3; page++) pages.Add(await JsonAsync(Path + page));

        // Fifteen hubs and zones, three resource nodes, and the zones' energy-weighted twins.
        var rows = pages.SelectMany(page => page.GetProperty("data").EnumerateArray().Select(row => row.GetRawText())).ToArray();
        Assert.Equal((96 * 26, 96 * 26), (pages[0].GetProperty("_meta").GetProperty("totalRecords").GetInt32(), rows.Distinct().Count()));
        Assert.Equal(3, pages[0].GetProperty("_meta").GetProperty("totalPages").GetInt32());
    }

    [Fact]
    public async Task Token_LetsInUntilItExpires()
    {
        await StartAsync(Few with { ErcotKey = "k", TokenLife = TimeSpan.FromSeconds(60) });
        const string Path = "/ercot/api/public-reports/np6-788-cd/lmp_node_zone_hub?size=1";

        using var issued = await PostAsync("/ercot/token", new FormUrlEncodedContent([new("grant_type", "password"), new("username", "u"), new("password", "p")]));
        var token = JsonDocument.Parse(await issued.Content.ReadAsStringAsync(Cancel)).RootElement;
        Assert.Equal("60", token.GetProperty("expires_in").GetString());
        (string, string)[] both = [("Ocp-Apim-Subscription-Key", "k"), ("Authorization", "Bearer " + token.GetProperty("id_token").GetString())];
        using var withoutToken = await GetAsync(Path, both[0]);
        using var withoutKey = await GetAsync(Path, both[1]);
        using var let = await GetAsync(Path, both);
        Clock.Advance(TimeSpan.FromSeconds(60));
        using var expired = await GetAsync(Path, both);

        Assert.Equal([401, 401, 200, 401], new[] { withoutToken, withoutKey, let, expired }.Select(answer => (int)answer.StatusCode));
        using var refused = await PostAsync("/ercot/token", new FormUrlEncodedContent([new("grant_type", "password")]));
        Assert.Equal(400, (int)refused.StatusCode);
    }

    [Fact]
    public async Task Archive_ByPostingTime_ListsFilesThatCanBeHad()
    {
        await StartAsync();

        var listing = await JsonAsync("/ercot/api/public-reports/archive/np6-905-cd?postDatetimeFrom=2025-06-01T00:00:00&postDatetimeTo=2025-06-01T01:00:00&size=1000");

        var entries = listing.GetProperty("archives").EnumerateArray().ToArray();
        Assert.Equal(4, entries.Length);
        Assert.Equal("2025-06-01T00:47:02.000", entries[0].GetProperty("postDatetime").GetString());
        var (_, text) = await UnzippedAsync(entries[0].GetProperty("_links").GetProperty("endpoint").GetProperty("href").GetString()!);
        Assert.Contains("\n06/01/2025,1,3,HB_NORTH,HU,", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dashboards_AreThereWithTodaysFiveMinutes()
    {
        await StartAsync();

        var mix = await JsonAsync("/ercot/api/1/services/read/dashboards/fuel-mix.json");
        var supply = await JsonAsync("/ercot/api/1/services/read/dashboards/supply-demand.json");

        Assert.Equal("2026-11-24 11:30:00-0600", mix.GetProperty("lastUpdated").GetString());
        var latest = mix.GetProperty("data").GetProperty("2026-11-24").EnumerateObject().Last();
        Assert.Equal("2026-11-24 11:29:57-0600", latest.Name);
        Assert.True(latest.Value.GetProperty("Wind").GetProperty("gen").GetDouble() > 0);
        var rows = supply.GetProperty("data").EnumerateArray().ToArray();
        Assert.Equal((288, 138), (rows.Length, rows.Count(row => row.GetProperty("forecast").GetInt32() == 0)));
        Assert.Equal(6 * 24, supply.GetProperty("forecast").GetArrayLength());
    }
}
