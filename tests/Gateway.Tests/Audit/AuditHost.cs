using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OptiBid.Gateway.Tests.Security;
using OptiBid.History;

namespace OptiBid.Gateway.Tests.Audit;

/// <summary>Gateways whose audit log is looked at.</summary>
internal static class AuditHost
{
    public const string Query = """{"zones":["PJM"],"start":"2026-11-22T00:00:00Z","end":"2026-11-23T00:00:00Z"}""";

    /// <summary>One that asks everybody to sign in, or one that anybody may read at but for PJM.</summary>
    public static Task<GatewayHost> StartAsync(bool isOpen = false, TimeProvider? clock = null, int? buffer = null, LogRecorder? log = null)
    {
        Dictionary<string, string?> settings = new()
        {
            ["Security:Authority"] = IssuedTokens.Issuer,
            ["Security:Audience"] = IssuedTokens.Audience,
            ["Security:AllowAnonymous"] = isOpen ? "true" : "false",
            ["Connectors:PJM:Publish"] = "false",
            ["Audit:Buffer"] = buffer?.ToString(),
        };
        return GatewayHost.StartAsync(settings: settings.Where(pair => pair.Value is not null).ToDictionary(), environment: "Production", clock: clock, services: services =>
        {
            services.AcceptIssuedTokens();
            if (log is not null) services.AddLogging(logging => logging.AddProvider(log));
        });
    }

    /// <summary>Calls as somebody with a role, or as nobody; gives the status.</summary>
    public static async Task<int> CallAsync(this GatewayHost gateway, string method, string path, string? role = null, string? body = null)
    {
        using var request = Request(method, path, role, body);
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    public static HttpRequestMessage Request(string method, string path, string? role, string? body, string? accept = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (role is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", IssuedTokens.Create(IssuedTokens.Audience, DateTime.UtcNow.AddMinutes(5), role, "bob\n@example.com"));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (accept is not null) request.Headers.Accept.ParseAdd(accept);
        return request;
    }

    /// <summary>The records once there are so many.</summary>
    public static async Task<AuditRecord[]> RecordsAsync(this GatewayHost gateway, int count)
    {
        await Eventually.TrueAsync(() => gateway.Audit.Records.Length >= count, $"{count} records");
        Assert.Equal(count, gateway.Audit.Records.Length);
        return gateway.Audit.Records;
    }
}
