using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Api.Prices;

/// <summary>A gateway over a small history with revisions, gaps and an id that two markets have; its tests leave it as it was.</summary>
public sealed class HistoryFixture : IAsyncLifetime
{
    public const string Range = """
        "start":"2026-11-22T00:00:00Z","end":"2026-11-23T00:00:00Z"
        """;

    private static readonly PriceTick[] Day =
    [
        .. Enumerable.Range(0, 30).Select(i => Ticks.Tick("A", i - 5.25, i)),
        .. Enumerable.Range(0, 10).Select(i => Ticks.Tick("A", i + 100, i, revision: 2) with { PublishedAt = Ticks.Noon.AddHours(6).AddMicroseconds(1234) }),
        .. Enumerable.Range(0, 5).Select(i => Ticks.Tick("A", i + 200, i, revision: 3) with { PublishedAt = Ticks.Noon.AddHours(8) }),
        .. Enumerable.Range(0, 3).Select(i => Ticks.Tick("B,\"Ä", 1e-7 * i, i * 20) with { EnergyCost = 12.5, Source = null }),
        .. Enumerable.Range(0, 3).Select(i => Ticks.Tick("A", i, i, zone: MarketZone.ERCOT)),
        .. Enumerable.Range(0, 3).Select(i => Ticks.Tick("A", i, i, type: PriceType.DayAheadHourly)),
    ];

    internal GatewayHost Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gateway = await GatewayHost.StartAsync(history =>
    {
        history.Add(Day);
        history.Add(new MarketLocation(new LocationId(MarketZone.PJM, "A"), "WESTERN HUB", LocationType.Hub));
    });

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();

    /// <summary>The answer to a query; what is asked for besides the day is given as JSON fields.</summary>
    internal Task<JsonNode> QueryAsync(string fields, int status = 200) =>
        Gateway.PostAsync("/api/v1/prices/query", $"{{{Range}{(fields.Length > 0 ? "," : "")}{fields}}}", status);

    /// <summary>The whole answer in a format.</summary>
    internal async Task<HttpResponseMessage> SendAsync(string fields, string accept, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/prices/query")
        {
            Content = new StringContent($"{{{Range}{(fields.Length > 0 ? "," : "")}{fields}}}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        return await Gateway.Http.SendAsync(request, completion, TestContext.Current.CancellationToken);
    }

    /// <summary>The rows of all pages.</summary>
    internal async Task<List<JsonNode>> PagesAsync(string fields, int limit)
    {
        var rows = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var page = await QueryAsync($"{fields}{(fields.Length > 0 ? "," : "")}\"limit\":{limit}{(cursor is null ? "" : $",\"cursor\":\"{cursor}\"")}");
            rows.AddRange(page["items"]!.AsArray().Select(item => item!.DeepClone()));
            Assert.InRange(page["items"]!.AsArray().Count, 1, limit);
            cursor = (string?)page["next_cursor"];
        }
        while (cursor is not null);
        return rows;
    }

    internal async Task<List<JsonNode>> LinesAsync(string fields)
    {
        using var response = await SendAsync(fields, "application/x-ndjson");
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
