using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace OptiBid.Gateway.Tests.Api;

public class HostileInputTests(EmptyGateway empty)
{
    private static readonly TimeSpan Quickly = TimeSpan.FromSeconds(5);

    public static TheoryData<string, byte[], int> Bodies => new()
    {
        { "10 MB", new byte[10 * 1024 * 1024], 413 },
        { "deep nesting", Encoding.UTF8.GetBytes(new string('[', 100_000)), 400 },
        { "deep nesting in a field", Encoding.UTF8.GetBytes("{\"zones\":" + new string('[', 50_000) + new string(']', 50_000) + "}"), 400 },
        { "invalid UTF-8", [.. "{\"zones\":[\""u8, 0xFF, 0xFE, .. "\"]}"u8], 400 },
        { "lone surrogate", "{\"locations\":[\"\\ud800\"]}"u8.ToArray(), 400 },
        { "lone surrogate in a name", "{\"\\ud800\":1}"u8.ToArray(), 400 },
        { "nothing", [], 400 },
        { "two objects", "{}{}"u8.ToArray(), 400 },
        { "comment", "{/*x*/}"u8.ToArray(), 400 },
        { "array", "[]"u8.ToArray(), 400 },
        { "100,000 fields", Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, 60_000).Select(i => $"\"a{i}\":1")) + "}"), 400 },
        { "huge number", Encoding.UTF8.GetBytes("{\"limit\":" + new string('9', 100_000) + "}"), 400 },
        { "too many locations", Encoding.UTF8.GetBytes("{\"locations\":[" + string.Join(',', Enumerable.Repeat("\"A\"", 5_000)) + "]}"), 400 },
        { "SQL", "{\"start\":\"2026-11-22T00:00:00Z'; DROP TABLE market_data; --\"}"u8.ToArray(), 400 },
    };

    [Theory]
    [MemberData(nameof(Bodies), DisableDiscoveryEnumeration = true)]
    public async Task Body_Hostile_IsRefusedQuickly(string what, byte[] body, int status)
    {
        var gateway = empty.Host;
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/prices/query") { Content = content };
        request.Headers.ExpectContinue = true;

        var clock = Stopwatch.StartNew();
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(clock.Elapsed < Quickly, what);
        var problem = await GatewayHost.ReadAsync(response, status);
        Assert.StartsWith("urn:optibid:problem:", (string?)problem["type"]);
        Assert.True(problem.ToJsonString().Length < 2_000, what);
        await gateway.GetAsync("/api/v1/prices/live");
    }

    [Fact]
    public async Task Body_TenMegabytesChunked_Is413()
    {
        var gateway = empty.Host;
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", gateway.Address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync("POST /api/v1/prices/query HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var chunk = Encoding.ASCII.GetBytes("10000\r\n" + new string(' ', 65_536) + "\r\n");
        try
        {
            for (var i = 0; i < 160; i++) await stream.WriteAsync(chunk, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // The server has hung up on us in the middle, as it may.
        }

        var answer = new byte[12];
        await stream.ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
        Assert.Equal("HTTP/1.1 413", Encoding.ASCII.GetString(answer));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    public async Task Body_OfAnotherType_Is415(string type)
    {
        var gateway = empty.Host;
        using var content = new StringContent("{}", Encoding.UTF8, type);
        using var response = await gateway.Http.PostAsync("/api/v1/prices/query", content, TestContext.Current.CancellationToken);
        Assert.Equal("Content-Type", (string?)(await GatewayHost.ReadAsync(response, 415))["field"]);
    }

    [Theory]
    [InlineData("/api/v1/prices/live?zone=%FF%FE")]
    [InlineData("/api/v1/prices/live?zone=PJM%27%20OR%201%3D1")]
    [InlineData("/api/v1/prices/live?location=%00")]
    [InlineData("/api/v1/prices/live?%F0%9F%92%A3=1")]
    [InlineData("/api/v1/prices/live?cursor=../../../../etc/passwd")]
    [InlineData("/api/v1/prices/PJM/..%2F..%2Fetc%2Fpasswd")]
    [InlineData("/api/v1/prices/PJM/%FF%FE")]
    [InlineData("/api/v1/prices/%2F/A")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/../../etc/passwd")]
    public async Task Address_Hostile_Is4xx(string path)
    {
        var gateway = empty.Host;
        using var response = await gateway.Http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.InRange((int)response.StatusCode, 400, 499);
    }

    [Fact]
    public async Task Value_Hostile_IsShownBackCutAndClean()
    {
        var gateway = empty.Host;
        var problem = await gateway.GetAsync("/api/v1/prices/live?sort=" + Uri.EscapeDataString("a\r\n\t" + new string('b', 500)), 400);
        var value = (string)problem["value"]!;
        Assert.StartsWith("a???bbb", value);
        Assert.True(value.Length < 110);
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/prices/live", 405, "method-not-allowed")]
    [InlineData("GET", "/api/v1/prices/query/x/y", 400, "invalid-parameter")]
    [InlineData("GET", "/api/v1/nothing", 404, "not-found")]
    public async Task Route_Wrong_IsAProblemToo(string method, string path, int status, string type)
    {
        var gateway = empty.Host;
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("urn:optibid:problem:" + type, (string?)(await GatewayHost.ReadAsync(response, status))["type"]);
    }

    [Fact]
    public async Task Fault_OfOurs_TellsNothingOfTheInside()
    {
        var gateway = empty.Host;
        var problem = await gateway.GetAsync("/fault", 500);
        Assert.Equal("urn:optibid:problem:internal", (string?)problem["type"]);
        Assert.DoesNotContain("secret", problem.ToJsonString());
        Assert.DoesNotContain("Exception", problem.ToJsonString());
        Assert.DoesNotContain("trace", problem.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }
}
