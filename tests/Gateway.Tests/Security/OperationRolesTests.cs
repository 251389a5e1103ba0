using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using OptiBid.Gateway.Tests.Fakes;
using OptiBid.Grains.Interfaces;
using OptiBid.History;
using OptiBid.History.ApiKeys;

namespace OptiBid.Gateway.Tests.Security;

/// <summary>
/// Every operation of the interface, and the pages beside it, for every kind of caller: who is below the least role is denied,
/// who has it is not. An operation that is not in the table fails the test.
/// </summary>
public sealed class OperationRolesTests : IAsyncLifetime
{
    private const string Viewer = "viewer", Trader = "trader", Operator = "operator", Admin = "admin";

    /// <summary>The least role of each operation.</summary>
    private static readonly Dictionary<string, string> Least = new()
    {
        ["GetLivePrices"] = Viewer,
        ["GetLocationPrices"] = Viewer,
        ["GetPriceHistory"] = Viewer,
        ["QueryPrices"] = Viewer,
        ["StreamRealTime"] = Viewer,
        ["SearchLocations"] = Viewer,
        ["GetStorageValue"] = Viewer,
        ["GetSpreads"] = Viewer,
        ["GetPriceTrends"] = Viewer,
        ["GetSummary"] = Viewer,
        ["GetCurrentMetrics"] = Viewer,
        ["GetQuality"] = Viewer,
        ["ListAlertRules"] = Trader,
        ["GetAlertRule"] = Trader,
        ["CreateAlertRule"] = Trader,
        ["ReplaceAlertRule"] = Trader,
        ["DeleteAlertRule"] = Trader,
        ["ListAlerts"] = Trader,
        ["ListQualityEvents"] = Operator,
        ["StartBackfill"] = Operator,
        ["ListBackfills"] = Operator,
        ["GetBackfill"] = Operator,
        ["CancelBackfill"] = Operator,
        ["ListConnectors"] = Operator,
        ["GetConnector"] = Operator,
        ["ListIngestions"] = Operator,
        ["PauseConnector"] = Operator,
        ["ResumeConnector"] = Operator,
        ["ReadCredentials"] = Admin,
        ["SetCredentials"] = Admin,
        ["RemoveCredentials"] = Admin,
        ["ReadAudit"] = Admin,
        ["CreateApiKey"] = Admin,
        ["ListApiKeys"] = Admin,
        ["RotateApiKey"] = Admin,
        ["RevokeApiKey"] = Admin,
    };

    /// <summary>What is not in the document: method, path, what is accepted, least role.</summary>
    private static readonly (string Method, string Path, string? Accept, string Least)[] Beside =
    [
        ("POST", "/hubs/prices/negotiate?negotiateVersion=1", null, Viewer),
        ("GET", "/openapi/v1.json", null, Viewer),
        ("GET", "/docs/", null, Viewer),
        ("GET", "/dashboard/", null, Operator),
        ("GET", "/metrics", null, Operator),
        ("POST", "/api/v1/prices/query", "application/x-ndjson", Trader),
        ("POST", "/api/v1/prices/query", "text/csv", Trader),
        ("POST", "/api/v1/prices/query", "application/vnd.apache.parquet", Trader),
        ("GET", "/api/v1/prices/history?zone=PJM&location=51288&start=2026-11-22T00:00:00Z&end=2026-11-23T00:00:00Z", "text/csv", Trader),
    ];

    private static readonly string[] Roles = [Viewer, Trader, Operator, Admin];

    private readonly MemoryKeys _keys = new();
    private readonly Dictionary<string, string> _texts = [];
    private GatewayHost _gateway = null!;
    private KeyValuePair<string, JsonNode?>[] _paths = [];

    public async ValueTask InitializeAsync()
    {
        foreach (var role in Roles)
        {
            var text = ApiKeyText.Create();
            await _keys.AddAsync(new ApiKey { Id = text.Id, Name = role, Hash = text.Hash(), Roles = [role], CreatedAt = Ticks.Noon, CreatedBy = "test" });
            _texts[role] = text.Text;
        }

        _gateway = await GatewayHost.StartAsync(
            history: static history => history.Add(new MarketLocation(new LocationId(MarketZone.PJM, "51288"), "WESTERN HUB", LocationType.Hub)),
            settings: new()
            {
                ["Security:Authority"] = IssuedTokens.Issuer,
                ["Security:Audience"] = IssuedTokens.Audience,
                ["Security:ApiKeys"] = "true",
            },
            environment: "Production",
            services: static services => services.AcceptIssuedTokens(),
            keys: _keys);
        using var response = await SendAsync("GET", "/openapi/v1.json", request => Bearer(request, Admin));
        var paths = (await GatewayHost.ReadAsync(response, 200))["paths"]!.AsObject();
        _paths = [.. paths.Where(static path => path.Key.StartsWith("/api/", StringComparison.Ordinal))];
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public void Table_HasEveryOperationOfTheDocument() =>
        Assert.Equal(
            _paths.SelectMany(static path => path.Value!.AsObject()).Select(static operation => (string)operation.Value!["operationId"]!).Order(),
            Least.Keys.Order());

    [Fact]
    public async Task Operation_ForEveryCaller_IsAllowedFromItsLeastRoleOn()
    {
        var wrong = new List<string>();
        foreach (var (method, path, accept, least) in Operations().Concat(Beside))
        {
            foreach (var (caller, role, sign) in Callers())
            {
                using var response = await SendAsync(method, path, sign, accept);
                var status = (int)response.StatusCode;
                var expected = role is null ? caller == "nobody" || caller.StartsWith("wrong", StringComparison.Ordinal) ? 401 : 403
                    : Array.IndexOf(Roles, role) < Array.IndexOf(Roles, least) ? 403 : 0;
                if (expected == 0 ? status is 401 or 403 : status != expected) wrong.Add($"{method} {path} {accept} as {caller}: {status}, not {(expected == 0 ? "allowed" : expected)}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private IEnumerable<(string Method, string Path, string? Accept, string Least)> Operations() =>
        from path in _paths
        from operation in path.Value!.AsObject()
        select (operation.Key.ToUpperInvariant(), path.Key.Replace("{zone}", "PJM").Replace("{location}", "51288").Replace("{id}", "PJM-0123456789abcdef"), (string?)null, Least[(string)operation.Value!["operationId"]!]);

    /// <summary>Who calls: his name, the role that lets him do something, and how he signs in.</summary>
    private IEnumerable<(string Caller, string? Role, Action<HttpRequestMessage> Sign)> Callers()
    {
        yield return ("nobody", null, static _ => { });
        yield return ("token without a role", null, static request => Bearer(request, null));
        yield return ("token of an unknown role", null, static request => Bearer(request, "root"));
        yield return ("wrong: token made out to others", null, static request => Sign(request, IssuedTokens.Create("others", DateTime.UtcNow.AddMinutes(5), Admin)));
        yield return ("wrong: expired token", null, static request => Sign(request, IssuedTokens.Create(IssuedTokens.Audience, DateTime.UtcNow.AddMinutes(-30), Admin)));
        yield return ("wrong: token signed by nobody", null, static request => Sign(request, Unsigned()));
        yield return ("wrong: token changed after it was signed", null, static request => Sign(request, Changed(IssuedTokens.Create(IssuedTokens.Audience, DateTime.UtcNow.AddMinutes(5), Viewer))));
        yield return ("wrong: key of nobody", null, static request => request.Headers.Add("X-Api-Key", ApiKeyText.Create().Text));
        foreach (var role in Roles)
        {
            yield return ($"token of {role}", role, request => Bearer(request, role));
            yield return ($"key of {role}", role, request => request.Headers.Add("X-Api-Key", _texts[role]));
        }
    }

    private static void Bearer(HttpRequestMessage request, string? role) => Sign(request, IssuedTokens.Create(IssuedTokens.Audience, DateTime.UtcNow.AddMinutes(5), role));

    private static void Sign(HttpRequestMessage request, string token) => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

    private static string Unsigned()
    {
        var claims = $$"""{"iss":"{{IssuedTokens.Issuer}}","aud":"{{IssuedTokens.Audience}}","sub":"eve","roles":"admin","exp":{{DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()}}}""";
        return $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{Encode(claims)}.";
    }

    private static string Changed(string token)
    {
        var parts = token.Split('.');
        var claims = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])).Replace("viewer", "admin", StringComparison.Ordinal);
        return $"{parts[0]}.{Encode(claims)}.{parts[2]}";
    }

    private static string Encode(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private async Task<HttpResponseMessage> SendAsync(string method, string path, Action<HttpRequestMessage> sign, string? accept = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        sign(request);
        if (accept is not null) request.Headers.Accept.ParseAdd(accept);
        if (method is "POST" or "PUT")
            request.Content = new StringContent(accept is null ? "{}" : """{"zones":["PJM"],"start":"2026-11-22T00:00:00Z","end":"2026-11-23T00:00:00Z"}""", Encoding.UTF8, "application/json");
        return await _gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
