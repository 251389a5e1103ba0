using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OptiBid.ProductProcess;

[assembly: AssemblyFixture(typeof(OptiBid.Client.Tests.RunningGateway))]

namespace OptiBid.Client.Tests;

/// <summary>A gateway as it is on its first run, with simulated markets.</summary>
public sealed class RunningGateway : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("optibid-client-");
    private ProductProcess.ProductProcess? _process;

    public Uri Address => _process!.Address;

    public string Output => _process!.Output;

    /// <summary>What it says of its interface.</summary>
    public JsonNode OpenApi { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _process = ProductProcess.ProductProcess.Start("Gateway", new Dictionary<string, string>
        {
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Data__Directory"] = _data.FullName,
        });
        await _process.WaitUntilReadyAsync(CancellationToken.None);
        await Eventually.TrueAsync(HasPricesAsync, TimeSpan.FromSeconds(60), () => $"The simulated prices did not come:\n{Output}", CancellationToken.None);
        OpenApi = (await _process.Http.GetFromJsonAsync<JsonNode>("/openapi/v1.json"))!;
    }

    /// <summary>The connector publishes the last day first: once the newest price is in the history, all before it are, and places have names.</summary>
    private async Task<bool> HasPricesAsync()
    {
        var live = await _process!.Http.GetFromJsonAsync<JsonNode>("/api/v1/prices/live?zone=PJM&price_type=REAL_TIME_5_MIN&limit=1");
        if (live!["items"]!.AsArray() is not [{ } newest] || newest["location_name"] is null) return false;
        var (location, start) = ((string)newest["location"]!, (DateTimeOffset)newest["timestamp"]!);
        if (start < TimeProvider.System.GetUtcNow().AddMinutes(-15)) return false;
        var kept = await _process.Http.GetFromJsonAsync<JsonNode>(
            $"/api/v1/prices/history?zone=PJM&location={location}&price_type=REAL_TIME_5_MIN&start={start.UtcDateTime:O}&end={start.UtcDateTime.AddMinutes(5):O}");
        return kept!["items"]!.AsArray().Count == 1;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
