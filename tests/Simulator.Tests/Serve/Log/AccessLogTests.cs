using System.Text.Json;
using OptiBid.Simulator.Serve.Answers;

namespace OptiBid.Simulator.Tests.Serve.Log;

public sealed class AccessLogTests : ServeTest
{
    private const string Oasis = "/caiso/oasisapi/SingleZip?queryname=ATL_APNODE&version=1&resultformat=6&startdatetime=20261124T08:00-0000";

    [Fact]
    public async Task Log_HasEachCallWithoutItsKey_InMemoryAndInTheFile()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await StartAsync(Few with { AccessLog = file });
        using (await GetAsync("/pjm/api/v1/pnode?rowCount=3&subscription-key=hush"))
        {
        }

        var line = Assert.Single(await LinesAsync("/_control/log?zone=PJM"));

        Assert.Matches("""^\{"time":"2026-11-24T17:30:30\.000Z","zone":"PJM","host":"api","feed":"pnode","method":"GET","path":"/pjm/api/v1/pnode\?rowCount=3&subscription-key=\*\*\*","status":200,"fault":null,"bytes":[1-9]\d+,"rows":3,"seconds":0\}$""", line);
        await using (var copy = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        using (var reader = new StreamReader(copy)) Assert.Equal(line, await reader.ReadLineAsync(Cancel));
        await DisposeAsync();
        File.Delete(file);
    }

    [Fact]
    public async Task Summary_HasTheSmallestDistanceAndTheMostCallsOfAMinute()
    {
        await StartAsync();
        foreach (var pause in new[] { 0, 20, 7, 30, 40, 90 })
        {
            Clock.Advance(TimeSpan.FromSeconds(pause));
            using (await GetAsync(Oasis))
            {
            }
        }

        var summary = await JsonAsync("/_control/log/summary");

        // Calls at 0, 20, 27, 57, 97 and 187 seconds.
        Assert.Equal("""{"zone":"CAISO","host":null,"calls":6,"smallest_distance_seconds":7,"most_calls_in_60_seconds":4,"refused":0}""", summary[0].GetRawText());
        Assert.Equal("api", summary[1].GetProperty("host").GetString());
    }

    [Theory]
    [InlineData("/pjm/api/v1/pnode?rowCount=1", 6, 60)]
    [InlineData("/ercot/np4-190-cd/dam_stlmnt_pnt_prices?size=1", 30, 60)]
    [InlineData(Oasis, 1, 5)]
    public async Task Limits_Enforced_RefuseTheCallAfterTheLast(string path, int most, int seconds)
    {
        await StartAsync(Few with { EnforceLimits = true });
        var statuses = new List<int>();
        for (var i = 0; i <= most; i++)
        {
            using var answer = await GetAsync(path);
            statuses.Add((int)answer.StatusCode);
            if (i == most) Assert.Equal(TimeSpan.FromSeconds(seconds), answer.Headers.RetryAfter?.Delta);
        }

        Assert.Equal([.. Enumerable.Repeat(200, most), 429], statuses);
        Clock.Advance(TimeSpan.FromSeconds(seconds));
        using var after = await GetAsync(path);
        Assert.Equal(200, (int)after.StatusCode);
        Assert.Equal(1, (await JsonAsync("/_control/log/summary"))[0].GetProperty("refused").GetInt32());
    }

    [Fact]
    public async Task Limits_OthersGiven_StandInPlaceOfTheMarkets()
    {
        Assert.Null(CallLimit.Read("CAISO=2/0.5", out var limit));
        await StartAsync(Few with { EnforceLimits = true, Limits = [limit] });
        foreach (var (pause, status) in new[] { (0.0, 200), (0.1, 200), (0.1, 429), (0.4, 200) })
        {
            Clock.Advance(TimeSpan.FromSeconds(pause));
            using var answer = await GetAsync(Oasis);
            Assert.Equal(status, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task Limits_NotEnforced_LetEveryCallIn()
    {
        await StartAsync();
        for (var i = 0; i < 10; i++)
        {
            using var answer = await GetAsync(Oasis);
            Assert.Equal(200, (int)answer.StatusCode);
        }

        Assert.Equal(10, (await LinesAsync("/_control/log")).Select(line => JsonDocument.Parse(line)).Count());
    }
}
