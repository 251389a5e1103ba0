using System.Text.Json.Nodes;

namespace OptiBid.Gateway.Tests.Api.Docs;

public class OpenApiTests(EmptyGateway empty)
{
    [Fact]
    public async Task Document_ListsEveryCallWithSummaryParametersAndProblems()
    {
        var gateway = empty.Host;
        var paths = (await gateway.GetAsync("/openapi/v1.json"))["paths"]!.AsObject();

        string[] expected =
        [
            "/api/v1/admin/api-keys",
            "/api/v1/admin/api-keys/{id}",
            "/api/v1/admin/api-keys/{id}/rotate",
            "/api/v1/admin/audit",
            "/api/v1/admin/connectors",
            "/api/v1/admin/connectors/{zone}",
            "/api/v1/admin/connectors/{zone}/credentials",
            "/api/v1/admin/connectors/{zone}/ingestions",
            "/api/v1/admin/connectors/{zone}/pause",
            "/api/v1/admin/connectors/{zone}/resume",
            "/api/v1/alerts",
            "/api/v1/alerts/rules",
            "/api/v1/alerts/rules/{id}",
            "/api/v1/analytics/price-trends",
            "/api/v1/analytics/spreads",
            "/api/v1/analytics/storage-value",
            "/api/v1/backfill",
            "/api/v1/backfill/historical",
            "/api/v1/backfill/{id}",
            "/api/v1/locations",
            "/api/v1/metrics/current",
            "/api/v1/prices/history",
            "/api/v1/prices/live",
            "/api/v1/prices/query",
            "/api/v1/prices/{zone}/{location}",
            "/api/v1/quality",
            "/api/v1/quality/events",
            "/api/v1/stream/real-time",
            "/api/v1/summary",
        ];
        Assert.Equal(expected, paths.Select(path => path.Key).Where(path => path.StartsWith("/api/")).Order(StringComparer.Ordinal));
        foreach (var (path, methods) in paths.Where(path => path.Key.StartsWith("/api/")))
        {
            foreach (var (_, operation) in methods!.AsObject())
            {
                Assert.False(string.IsNullOrEmpty((string?)operation!["summary"]), path);
                Assert.False(string.IsNullOrEmpty((string?)operation["description"]), path);
                Assert.All(operation["parameters"]?.AsArray() ?? [], parameter => Assert.False(string.IsNullOrEmpty((string?)parameter!["description"]), path));
                Assert.NotNull(operation["responses"]!["400"]!["content"]!["application/problem+json"]!["example"]);
                var answer = operation["responses"]!.AsObject().Single(static response => response.Key.StartsWith('2')).Value!;
                Assert.NotEmpty(answer["content"]!.AsObject());
                Assert.All(answer["content"]!.AsObject().Where(format => (string?)format.Value!["schema"]?["format"] != "binary"),
                    format => Assert.NotNull(format.Value!["example"] ?? format.Value["examples"]));
            }
        }
    }

    [Fact]
    public async Task Document_Parameters_SayWhatTheReaderChecks()
    {
        var gateway = empty.Host;
        var paths = (await gateway.GetAsync("/openapi/v1.json"))["paths"]!;
        var limit = Named(paths["/api/v1/prices/live"]!["get"]!, "limit")["schema"]!;
        Assert.Equal((1, 1000, 100), ((int)limit["minimum"]!, (int)limit["maximum"]!, (int)limit["default"]!));
        Assert.Equal("array", (string?)Named(paths["/api/v1/prices/live"]!["get"]!, "zone")["schema"]!["type"]);
        Assert.Equal(7, Named(paths["/api/v1/locations"]!["get"]!, "zone")["schema"]!["enum"]!.AsArray().Count);

        var body = paths["/api/v1/prices/query"]!["post"]!["requestBody"]!["content"]!["application/json"]!;
        Assert.Equal(["end", "start"], body["schema"]!["required"]!.AsArray().Select(name => (string)name!).Order());
        var example = body["example"]!.ToJsonString();
        await gateway.PostAsync("/api/v1/prices/query", example);

        var resample = body["schema"]!["properties"]!["resample"]!;
        Assert.Equal(("object", false), ((string?)resample["type"], (bool)resample["additionalProperties"]!));
        Assert.Equal(["every"], resample["required"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(["aggregates", "every", "fill"], resample["properties"]!.AsObject().Select(field => field.Key).Order());
        Assert.Equal("boolean", (string?)body["schema"]!["properties"]!["include_revisions"]!["type"]);
        Assert.Contains("Etc/GMT+5", Named(paths["/api/v1/prices/history"]!["get"]!, "timezone")["schema"]!["enum"]!.AsArray().Select(name => (string?)name));

        var answer = paths["/api/v1/prices/query"]!["post"]!["responses"]!;
        Assert.Equal(3, answer["200"]!["content"]!["application/json"]!["schema"]!["oneOf"]!.AsArray().Count);
        Assert.Equal(["include_revisions", "prices", "resample"], answer["200"]!["content"]!["application/json"]!["examples"]!.AsObject().Select(each => each.Key).Order());
        Assert.Equal("binary", (string?)answer["200"]!["content"]!["application/vnd.apache.parquet"]!["schema"]!["format"]);
        Assert.NotNull(answer["422"]);

        var credentials = paths["/api/v1/admin/connectors/{zone}/credentials"]!["put"]!["requestBody"]!["content"]!["application/json"]!["schema"]!;
        Assert.Equal(["api_key", "password", "username"], credentials["properties"]!.AsObject().Select(field => field.Key).Order());
        Assert.All(credentials["properties"]!.AsObject(), field => Assert.Equal(("password", true), ((string?)field.Value!["format"], (bool?)field.Value["writeOnly"])));

        static JsonNode Named(JsonNode operation, string name) => operation["parameters"]!.AsArray().Single(parameter => (string?)parameter!["name"] == name)!;
    }

    [Fact]
    public async Task Reference_NeedsNoOtherHost()
    {
        var gateway = empty.Host;
        var page = await gateway.Http.GetStringAsync("/docs/", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("https://", page);
        var script = System.Text.RegularExpressions.Regex.Matches(page, "src=\"([^\"]+)\"").Select(match => match.Groups[1].Value).ToArray();
        Assert.NotEmpty(script);
        foreach (var source in script)
            Assert.True((await gateway.Http.GetByteArrayAsync(new Uri(new Uri(gateway.Address, "/docs/"), source), TestContext.Current.CancellationToken)).Length > 0);
    }
}
