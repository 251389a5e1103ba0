using System.Net;
using System.Net.Sockets;
using OptiBid.Gateway.Management;
using OptiBid.Silo.Hosting;

namespace OptiBid.Gateway.Tests.Management;

public class ManagementPortTests
{
    private static readonly string[] Served = ["/metrics", "/health", "/health/live", "/health/ready"];
    private static readonly string[] NotServed = ["/", "/docs", "/openapi/v1.json", "/api/v1/prices/live", "/api/v1/stream/real-time", "/dashboard/", "/hubs/prices", "/fault"];

    public static TheoryData<Dictionary<string, string?>> Access =>
    [
        new Dictionary<string, string?> { ["Security:AllowAnonymous"] = "true" },
        new Dictionary<string, string?> { ["Security:Authority"] = "https://id.example", ["Security:Audience"] = "optibid" },
    ];

    [Theory, MemberData(nameof(Access))]
    public async Task Port_Configured_ServesMetricsAndHealthToAnybodyAndNothingElse(Dictionary<string, string?> access)
    {
        var port = FreePort();
        await using var gateway = await GatewayHost.StartAsync(settings: With(access, port), environment: "Production");
        await Eventually.TrueAsync(async () => await StatusAsync(gateway, "/health/ready") == 200, "ready");
        using var inside = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        foreach (var path in Served) Assert.Equal(HttpStatusCode.OK, await StatusAsync(inside, path));
        foreach (var path in NotServed) Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(inside, path));
        Assert.Contains("service_name=\"optibid-gateway\"", await inside.GetStringAsync("/metrics", TestContext.Current.CancellationToken));
    }

    [Theory, MemberData(nameof(Access))]
    public async Task UsersPort_BesideAManagementPort_HasHealthButNoMetricsWhateverTheHostHeader(Dictionary<string, string?> access)
    {
        var port = FreePort();
        await using var gateway = await GatewayHost.StartAsync(settings: With(access, port), environment: "Production");
        Assert.Equal(200, await StatusAsync(gateway, "/health/live"));
        foreach (var path in new[] { "/metrics", "/metrics/", "/METRICS" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = $"127.0.0.1:{port}";
            using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("0", "Management:Port: 0 is not a port.")]
    [InlineData("65536", "Management:Port: 65536 is not a port.")]
    public async Task Port_Wrong_StopsTheStart(string port, string expected)
    {
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => GatewayHost.StartAsync(settings: new() { ["Management:Port"] = port }));
        Assert.Equal(expected, refused.Message);
    }

    [Theory]
    [InlineData("http://localhost:8080", true)]
    [InlineData("http://+:8081;https://*:8080/", true)]
    [InlineData("http://localhost:18080", false)]
    [InlineData(null, false)]
    public void FindFault_PortOfTheUsers_SaysSo(string? urls, bool isWrong) =>
        Assert.Equal(isWrong, new ManagementOptions { Port = 8080 }.FindFault(urls) is not null);

    private static Dictionary<string, string?> With(Dictionary<string, string?> access, int port) => new(access) { ["Management:Port"] = $"{port}" };

    private static async Task<int> StatusAsync(GatewayHost gateway, string path) => (int)await StatusAsync(gateway.Http, path);

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path)
    {
        using var response = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
