using System.IO.Compression;
using System.Text.Json;

namespace OptiBid.Simulator.Tests.Serve.Faults;

public sealed class FaultTests : ServeTest
{
    private const string Pjm = "/pjm/api/v1/rt_unverified_fivemin_lmps?datetime_beginning_utc=11/24/2026 16:00to11/24/2026 16:59";
    private const string Oasis = "/caiso/oasisapi/SingleZip?queryname=PRC_INTVL_LMP&market_run_id=RTM&version=3&resultformat=6&node=TH_NP15_GEN-APND&startdatetime=20261124T16:00-0000&enddatetime=20261124T17:00-0000";
    private const string Nyiso = "/nyiso/public/csv/damlbmp/20261124damlbmp_zone.csv";
    private const string Ercot = "/ercot/np4-190-cd/dam_stlmnt_pnt_prices?deliveryDateFrom=2026-11-24&deliveryDateTo=2026-11-24";

    [Fact]
    public async Task TooManyRequests_ForAFeedAndAWhile_StrikesThatFeedAndEnds()
    {
        await StartAsync();
        await FaultAsync(new { zone = "PJM", feed = "rt_unverified_fivemin_lmps", host = (string?)null, fault = "too-many-requests", seconds = 30, share = 1.0, retry_after = 5 });

        using var struck = await GetAsync(Pjm);
        using var other = await GetAsync("/pjm/api/v1/pnode");
        Clock.Advance(TimeSpan.FromSeconds(30));
        using var after = await GetAsync(Pjm);

        Assert.Equal([429, 200, 200], new[] { struck, other, after }.Select(answer => (int)answer.StatusCode));
        Assert.Equal(TimeSpan.FromSeconds(5), struck.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Share_OfAQuarter_StrikesEveryFourthCall()
    {
        await StartAsync();
        await FaultAsync(new { zone = "PJM", fault = "server-error", share = 0.25 });

        var statuses = new List<int>();
        for (var i = 0; i < 8; i++)
        {
            using var answer = await GetAsync(Pjm);
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal([200, 200, 200, 500, 200, 200, 200, 500], statuses);
    }

    [Fact]
    public async Task Delete_TakesFaultsBack()
    {
        await StartAsync();
        await FaultAsync(new { fault = "server-error" });
        await FaultAsync(new { zone = "CAISO", fault = "html" });

        Assert.Equal(2, (await JsonAsync("/_control/faults")).GetArrayLength());
        using var deleted = await DeleteAsync("/_control/faults");
        using var answer = await GetAsync(Pjm);

        Assert.Equal("""{"taken_back":2}""", await deleted.Content.ReadAsStringAsync(Cancel));
        Assert.Equal((200, 0), ((int)answer.StatusCode, (await JsonAsync("/_control/faults")).GetArrayLength()));
    }

    [Fact]
    public async Task Host_Files_LeavesTheApiAlone()
    {
        await StartAsync();
        await FaultAsync(new { zone = "ERCOT", host = "files", fault = "server-error" });

        using var file = await GetAsync("/ercot/misapp/servlets/IceDocListJsonWS?reportTypeId=12301");
        using var api = await GetAsync(Ercot);

        Assert.Equal((500, 200), ((int)file.StatusCode, (int)api.StatusCode));
    }

    [Fact]
    public async Task Html_IsAPageWithStatus200_AtCaisoTheThrottlePage()
    {
        await StartAsync();
        await FaultAsync(new { fault = "html" });

        Assert.Equal("<html><body><p>CAISO Acceptable Use Policy Violation. Please retry your request after 5 seconds.</p></body></html>", await TextAsync(Oasis));
        Assert.StartsWith("<!DOCTYPE html>", await TextAsync(Nyiso), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TruncatedZip_IsAWholeAnswerWithABrokenZip()
    {
        await StartAsync();
        await FaultAsync(new { fault = "truncated-zip" });

        using var answer = await GetAsync(Oasis);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancel);

        Assert.Equal(((byte)'P', (byte)'K'), (bytes[0], bytes[1]));
        Assert.ThrowsAny<InvalidDataException>(() => new ZipArchive(new MemoryStream(bytes)));
    }

    [Theory]
    [InlineData("truncated-body")]
    [InlineData("unavailable")]
    public async Task BrokenConnection_IsAnErrorOfTheTransport(string fault)
    {
        await StartAsync();
        await FaultAsync(new { zone = "PJM", fault });

        await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            using var answer = await GetAsync(Pjm);
            await answer.Content.ReadAsStringAsync(Cancel);
        });

        var call = JsonDocument.Parse(Assert.Single(await LinesAsync("/_control/log?zone=PJM"))).RootElement;
        Assert.Equal((fault, fault == "unavailable" ? 0 : 200), (call.GetProperty("fault").GetString(), call.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task MovedColumns_KeepTheDataAtOtherPlaces()
    {
        await StartAsync();
        var before = await JsonAsync(Ercot + "&size=1");
        await FaultAsync(new { fault = "moved-columns" });

        var after = await JsonAsync(Ercot + "&size=1");
        var csv = await LinesAsync(Nyiso);

        Assert.Equal(["NEW_COLUMN", "DSTFlag", "settlementPointPrice", "settlementPoint", "hourEnding", "deliveryDate"], after.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("name").GetString()!));
        Assert.Equal(before.GetProperty("data")[0].EnumerateArray().Reverse().Select(cell => cell.GetRawText()), after.GetProperty("data")[0].EnumerateArray().Skip(1).Select(cell => cell.GetRawText()));
        Assert.Equal("\"NEW_COLUMN  \",\"Marginal Cost Congestion ($/MWHr)  \",\"Marginal Cost Losses ($/MWHr)  \",\"LBMP ($/MWHr)  \",\"PTID  \",\"Name  \",\"Time Stamp  \"", csv[0]);
        Assert.EndsWith(",61757,\"CAPITL\",\"11/24/2026 00:00\"", csv[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_IsAnAnswerWithoutRows()
    {
        await StartAsync();
        await FaultAsync(new { fault = "empty" });

        Assert.Contains("\"items\":[],", await TextAsync(Pjm), StringComparison.Ordinal);
        Assert.Contains("<m:ERR_CODE>1000</m:ERR_CODE>", (await UnzippedAsync(Oasis)).Text, StringComparison.Ordinal);
        Assert.Equal("""{"ListDocsByRptTypeRes":{}}""", await TextAsync("/ercot/misapp/servlets/IceDocListJsonWS?reportTypeId=12301"));
        Assert.Single(await LinesAsync(Nyiso));
    }

    [Fact]
    public async Task Slow_WaitsOnTheClock()
    {
        await StartAsync();
        await FaultAsync(new { zone = "PJM", fault = "slow", delay = 40 });

        var struck = GetAsync(Pjm);
        using (await GetAsync(Nyiso)) Assert.False(struck.IsCompleted);
        var waited = 0;
        for (; !struck.IsCompleted && waited < 10_000; waited++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
            await Task.WhenAny(struck, Task.Delay(1, Cancel));
        }

        using var answer = await struck;
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.True(waited >= 40);
        using var call = JsonDocument.Parse(Assert.Single(await LinesAsync("/_control/log?zone=PJM")));
        Assert.InRange(call.RootElement.GetProperty("seconds").GetDouble(), 40, waited);
    }

    [Theory]
    [InlineData("{\"fault\":\"flood\"}")]
    [InlineData("{\"zone\":\"PJM\"}")]
    [InlineData("{\"fault\":\"slow\",\"share\":2}")]
    [InlineData("{\"fault\":\"slow\",\"zone\":\"MISO\"}")]
    [InlineData("{\"fault\":\"slow\",\"host\":\"disk\"}")]
    [InlineData("{\"fault\":\"slow\",\"second\":3}")]
    [InlineData("{\"fault\":\"truncated-zip\",\"zone\":\"PJM\"}")]
    [InlineData("nonsense")]
    public async Task WrongFault_Is400AndSaysWhy(string body)
    {
        await StartAsync();

        using var answer = await PostAsync("/_control/faults", new StringContent(body));

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.NotEmpty(JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("error").GetString()!);
        Assert.Equal(0, (await JsonAsync("/_control/faults")).GetArrayLength());
    }
}
