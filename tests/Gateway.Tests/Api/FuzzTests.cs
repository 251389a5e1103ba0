using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Gateway.Api.Admin;
using OptiBid.Gateway.Tests.Api.Admin;
using OptiBid.Gateway.Tests.Fakes;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Api;

/// <summary>
/// Every parameter of every operation, read from the gateway's own document, with values that break programs, by somebody who
/// may call everything: nothing is answered with a 5xx, and what is refused is refused by a problem that tells nothing of the
/// inside.
/// </summary>
public sealed class FuzzTests : IAsyncLifetime
{
    private static readonly TimeSpan Quickly = TimeSpan.FromSeconds(5);

    private static readonly string[] Hostile =
    [
        "", " ", "0", "-1", "1e400", "NaN", "Infinity", "-Infinity", "99999999999999999999999999", "1;2", "true", "null", "[]", "{}", "2026-02-30T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
        "'; drop table market_data; --", "\" or \"\"=\"", "../../../../etc/passwd", "..\\..\\web.config", "%2e%2e%2f", "a\r\nSet-Cookie: x=1", "a\0b", "\u202e\u0000\ud83d\ude00", "<script>alert(1)</script>", "${jndi:ldap://x}", "{{7*7}}",
        "PJM", "pjm", "1d", "PT0S", "P9999Y", "-5m", "1000000000000d", new('A', 2_000),
    ];

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("optibid-fuzz-");
    private GatewayHost _gateway = null!;
    private List<Operation> _operations = [];

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayHost.StartAsync(
            history: static history => history.Add(new MarketLocation(new LocationId(MarketZone.PJM, "51288"), "WESTERN HUB", LocationType.Hub)),
            services: services =>
            {
                services.AddSingleton<IZoneConnectors, MemoryConnectors>();
                AdminHost.AddCredentials(services, _data.FullName);
            });
        var document = await _gateway.GetAsync("/openapi/v1.json");
        _operations = [.. from path in document["paths"]!.AsObject()
                          where path.Key.StartsWith("/api/", StringComparison.Ordinal)
                          from operation in path.Value!.AsObject()
                          select new Operation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!)];
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task Query_EveryParameterWithEveryHostileValue_IsNeverAFault()
    {
        var found = new List<string>();
        foreach (var operation in _operations)
        {
            foreach (var name in operation.Named("query").Append("unknown_parameter"))
            {
                foreach (var value in Hostile) await TryAsync(operation, $"{operation.Address()}?{name}={Uri.EscapeDataString(value)}", null, found);
                await TryAsync(operation, $"{operation.Address()}?{name}=1&{name}=2", null, found);
                await TryAsync(operation, $"{operation.Address()}?{name}=%ff%fe", null, found);
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task Path_EveryPartWithEveryHostileValue_IsNeverAFault()
    {
        var found = new List<string>();
        foreach (var operation in _operations.Where(static operation => operation.Named("path").Any()))
        {
            foreach (var name in operation.Named("path"))
            {
                foreach (var value in Hostile.Where(static value => value.Length > 0)) await TryAsync(operation, operation.Address(name, Uri.EscapeDataString(value)), operation.HasBody ? "{}" : null, found);
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task Body_EveryFieldWithEveryHostileValue_IsNeverAFault()
    {
        var found = new List<string>();
        foreach (var operation in _operations.Where(static operation => operation.HasBody))
        {
            foreach (var name in operation.Fields().Append("unknown_field"))
            {
                foreach (var value in Hostile)
                {
                    var text = JsonValue.Create(value).ToJsonString();
                    await TryAsync(operation, operation.Address(), $$"""{"{{name}}":{{text}}}""", found);
                    await TryAsync(operation, operation.Address(), $$"""{"{{name}}":[{{text}},{{text}}]}""", found);
                }

                foreach (var raw in (string[])["null", "1e400", "-0", "[[[[]]]]", "{\"a\":{}}", "true", "\"\\ud800\"", "[null]", $"[{string.Join(',', Enumerable.Repeat("1", 5_000))}]"])
                    await TryAsync(operation, operation.Address(), $$"""{"{{name}}":{{raw}}}""", found);
                await TryAsync(operation, operation.Address(), $$"""{"{{name}}":1,"{{name}}":2}""", found);
            }

            foreach (var body in (string[])["", "null", "[]", "{", "{}{}", "\u0000", new('[', 5_000), $"\"{new string('x', 100_000)}\""]) await TryAsync(operation, operation.Address(), body, found);
            await TryAsync(operation, operation.Address(), "{}", found, "text/plain");
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private async Task TryAsync(Operation operation, string address, string? body, List<string> found, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), address);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, type);
        else if (operation.HasBody) request.Content = new StringContent("{}", Encoding.UTF8, type);
        var clock = Stopwatch.StartNew();
        using var response = await _gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var status = (int)response.StatusCode;
        var what = $"{operation.Method} {Short(address)} {Short(body)}: {status}";
        if (clock.Elapsed > Quickly) found.Add($"{what} after {clock.Elapsed}");
        if (status >= 500) found.Add($"{what} {Short(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))}");
        // A null byte in a path is refused by the server itself, before anything of ours.
        if (status is < 400 or >= 500 || status == 400 && address.Split('?')[0].Contains("%00", StringComparison.Ordinal)) return;

        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json") found.Add($"{what} as {response.Content.Headers.ContentType}: {Short(answer)}");
        if ((string[])["Exception", "   at ", "OptiBid.", "select ", ".cs:"] is var inside && inside.FirstOrDefault(answer.Contains) is { } told) found.Add($"{what} tells of the inside ({told}): {Short(answer)}");
    }

    private static string Short(string? text) => text is { Length: > 160 } ? text[..160] + "…" : text ?? "";

    private sealed record Operation(string Method, string Path, JsonNode Description)
    {
        public bool HasBody => Description["requestBody"] is not null;

        public IEnumerable<string> Named(string place) =>
            Description["parameters"]?.AsArray().Where(parameter => (string)parameter!["in"]! == place).Select(static parameter => (string)parameter!["name"]!) ?? [];

        public IEnumerable<string> Fields() => Description["requestBody"]!["content"]!["application/json"]!["schema"]!["properties"]!.AsObject().Select(static field => field.Key);

        public string Address(string? name = null, string? value = null)
        {
            var address = Path;
            foreach (var part in Named("path")) address = address.Replace($"{{{part}}}", part == name ? value : part switch { "zone" => "PJM", "location" => "51288", _ => "PJM-0123456789abcdef" }, StringComparison.Ordinal);
            return address;
        }
    }
}
