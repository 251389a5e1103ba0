using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OptiBid.Connectors;
using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Credentials;
using OptiBid.Gateway.Tests.Fakes;
using OptiBid.Gateway.Tests.Security;
using OptiBid.Grains.Interfaces;
using OptiBid.History;
using OptiBid.History.Hosting;

namespace OptiBid.Gateway.Tests.Api.Admin;

/// <summary>One gateway with an embedded silo's credentials and an issuer of tokens, for all tests of a class.</summary>
public sealed class AdminHost : IAsyncLifetime
{
    public const string ConfiguredKey = "configured-key-5d1e";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("optibid-admin-");
    private GatewayHost _gateway = null!;

    internal LogRecorder Log { get; } = new();

    /// <summary>The key that PJM would be called with now.</summary>
    internal string? KeyInForce => _gateway.Services.GetRequiredService<IMarketCredentials>().Get(MarketZone.PJM).ApiKey;

    /// <summary>The audit log.</summary>
    internal MemoryAudit Records => _gateway.Audit;

    /// <summary>What administrators' actions left in the log.</summary>
    internal IEnumerable<LogRecorder.Line> Audit => Log.Lines.Where(line => line.Event == "AdminAction");

    /// <summary>As a new one.</summary>
    internal async Task ResetAsync()
    {
        var values = _gateway.Services.GetRequiredService<IProtectedValues>();
        foreach (var value in await values.ListAsync("credentials/", TestContext.Current.CancellationToken)) await values.DeleteAsync(value.Name, TestContext.Current.CancellationToken);
        await _gateway.Services.GetRequiredService<CredentialVault>().RemoveAsync(MarketZone.PJM, TestContext.Current.CancellationToken);
        Log.Lines.Clear();
    }

    /// <summary>Calls with a token of one role, or without a token; the answer must have the status.</summary>
    internal async Task<JsonNode> CallAsync(string method, string path, int status, string? role = "admin", string? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/admin" + path);
        if (role is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", IssuedTokens.Create(IssuedTokens.Audience, DateTime.UtcNow.AddMinutes(5), role, "ann@example.com"));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, type);
        using var response = await _gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await GatewayHost.ReadAsync(response, status);
    }

    public async ValueTask InitializeAsync() => _gateway = await GatewayHost.StartAsync(
        settings: new() { ["Security:Authority"] = IssuedTokens.Issuer, ["Security:Audience"] = IssuedTokens.Audience },
        environment: "Production",
        services: services =>
        {
            services.AcceptIssuedTokens().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
            AddCredentials(services, _data.FullName);
        });

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _data.Delete(recursive: true);
    }

    /// <summary>Credentials as an embedded silo has them, on a store of their own.</summary>
    internal static void AddCredentials(IServiceCollection services, string data, bool hasKeyRing = true)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Data:Directory"] = data, ["Connectors:PJM:ApiKey"] = ConfiguredKey }).Build();
        var ring = hasKeyRing ? (IConfiguration)configuration : new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:History"] = "Host=nowhere" }).Build();
        services.AddHistory(configuration).AddConnectorOptions(configuration, isDevelopment: false).AddStoredCredentials(ring);
    }
}
