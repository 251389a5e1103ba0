namespace OptiBid.Cluster.Tests;

/// <summary>The whole product in one process with nothing configured but its markets: broker, history and silo inside the gateway.</summary>
internal sealed class EmbeddedProduct : IAsyncDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("optibid-");
    private readonly ProductProcess.ProductProcess _gateway;

    private EmbeddedProduct(IEnumerable<(string Key, string Value)> markets) => _gateway = ProductProcess.ProductProcess.Start("Gateway", new Dictionary<string, string>
    {
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["Data__Directory"] = _data.FullName,
    }.Concat(markets.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))).ToDictionary());

    public HttpClient Http => _gateway.Http;

    public string Output => _gateway.Output;

    /// <param name="markets">Settings of the connectors.</param>
    /// <param name="cancellationToken">The test ends.</param>
    public static async Task<EmbeddedProduct> StartAsync(IEnumerable<(string Key, string Value)> markets, CancellationToken cancellationToken)
    {
        var product = new EmbeddedProduct(markets);
        await product._gateway.WaitUntilReadyAsync(cancellationToken);
        return product;
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
