using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using OptiBid.Gateway.Tests.Fakes;
using OptiBid.Gateway.Tests.Security;
using OptiBid.Grains.Interfaces;
using OptiBid.History;
using OptiBid.History.ApiKeys;

namespace OptiBid.Gateway.Tests.Api.Alerts;

/// <summary>A gateway in production, with users by token and by key.</summary>
internal sealed class AlertHost : IAsyncDisposable
{
    public const string Path = "/api/v1/alerts/rules";

    public GatewayHost Gateway { get; private init; } = null!;

    public static async Task<AlertHost> StartAsync(MemoryKeys? keys = null, TimeProvider? clock = null) => new()
    {
        Gateway = await GatewayHost.StartAsync(
            history: static history =>
            {
                history.Add(new MarketLocation(new LocationId(MarketZone.PJM, "51288"), "WESTERN HUB", LocationType.Hub));
                history.Add(new MarketLocation(new LocationId(MarketZone.PJM, "1"), "TWIN", LocationType.Node));
                history.Add(new MarketLocation(new LocationId(MarketZone.PJM, "2"), "TWIN", LocationType.Node));
                history.Add(new MarketLocation(new LocationId(MarketZone.ERCOT, "HB_NORTH"), "HB_NORTH", LocationType.Hub));
            },
            settings: new()
            {
                ["Security:Authority"] = IssuedTokens.Issuer,
                ["Security:Audience"] = IssuedTokens.Audience,
                ["Security:ApiKeys"] = "true",
                ["Security:AllowAnonymous"] = "true",
            },
            environment: "Production", services: static services => services.AcceptIssuedTokens(), keys: keys, clock: clock),
    };

    /// <summary>The name that rules of a token's subject are kept under.</summary>
    public static string UserOf(string subject) => $"token:{IssuedTokens.Issuer} {subject}";

    public static string Token(string subject, string? role = "trader") => IssuedTokens.Create(IssuedTokens.Audience, DateTime.UtcNow.AddMinutes(5), role, subject);

    /// <summary>Makes a key and gives its text.</summary>
    public static async Task<(string Id, string Text)> AddKeyAsync(MemoryKeys keys, params MarketZone[] zones)
    {
        var text = ApiKeyText.Create();
        await keys.AddAsync(new ApiKey { Id = text.Id, Name = "desk", Hash = text.Hash(), Roles = ["trader"], Zones = zones.Length > 0 ? zones : null, CreatedAt = Ticks.Noon, CreatedBy = "test" });
        return (text.Id, text.Text);
    }

    /// <summary>The body of a rule, with fields in place of or beside the usual ones; null takes one out.</summary>
    public static JsonObject Body(params (string Field, JsonNode? Value)[] fields)
    {
        var body = new JsonObject { ["name"] = "dear", ["zone"] = "PJM", ["locations"] = new JsonArray("51288"), ["kind"] = "ABOVE", ["threshold"] = 100 };
        foreach (var (field, value) in fields)
        {
            if (value is null) body.Remove(field);
            else body[field] = value.DeepClone();
        }

        return body;
    }

    /// <summary>Calls as a token's subject, or with a key; the answer must have the status.</summary>
    public async Task<JsonNode> CallAsync(string method, string path, int status, JsonNode? body = null, string? user = "ann", string? role = "trader", string? key = null)
    {
        using var response = await SendAsync(method, path, body, user, role, key);
        return await GatewayHost.ReadAsync(response, status);
    }

    public async Task<HttpResponseMessage> SendAsync(string method, string path, JsonNode? body = null, string? user = "ann", string? role = "trader", string? key = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null) request.Headers.Add("X-Api-Key", key);
        else if (user is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token(user, role));
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
