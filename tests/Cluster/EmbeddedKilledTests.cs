using System.Net.Http.Json;
using System.Text.Json;
using OptiBid.ProductProcess;

namespace OptiBid.Cluster.Tests;

/// <summary>The first run: everything in one process, killed in the middle and started again.</summary>
public sealed class EmbeddedKilledTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("optibid-");

    private Dictionary<string, string> Settings => new()
    {
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["Data__Directory"] = _data.FullName,
    };

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task History_ProcessKilled_StillHoldsWhatItHeld()
    {
        var cancellation = TestContext.Current.CancellationToken;
        List<JsonElement> before = [];
        await using (var gateway = ProductProcess.ProductProcess.Start("Gateway", Settings))
        {
            await gateway.WaitUntilReadyAsync(cancellation);
            await Eventually.TrueAsync(
                async () => (before = await HistoryAsync(gateway.Http, cancellation)).Count > 1_000,
                TimeSpan.FromSeconds(60), () => $"{before.Count} prices in the history:\n{gateway.Output}", cancellation);
            await gateway.KillAsync();
        }

        // With no market connected nothing can bring the prices but the file.
        await using var again = ProductProcess.ProductProcess.Start("Gateway", Settings.Concat(new Dictionary<string, string>
        {
            ["Connectors__PJM__Feed"] = "Off",
            ["Connectors__CAISO__Feed"] = "Off",
            ["Connectors__ERCOT__Feed"] = "Off",
        }).ToDictionary());
        await again.WaitUntilReadyAsync(cancellation);
        // There may be more of the same time than the first reading saw, so the second goes on until it has passed all of it.
        var after = (await HistoryAsync(again.Http, cancellation, until: before.Max(price => price.GetProperty("timestamp").GetDateTimeOffset())))
            .Select(Key).ToHashSet();

        Assert.Empty(before.Select(Key).Where(price => !after.Contains(price)).Take(5));
    }

    [Fact]
    public async Task Prices_ThreeSimulatedMarkets_Move()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var gateway = ProductProcess.ProductProcess.Start("Gateway", Settings);
        await gateway.WaitUntilReadyAsync(cancellation);
        await Eventually.TrueAsync(
            async () => (await gateway.Http.LiveAsync(cancellation)).Keys.Select(key => key.Zone).Distinct().Count() == 3,
            TimeSpan.FromSeconds(60), () => $"not all three zones show prices:\n{gateway.Output}", cancellation);

        var first = await gateway.Http.LiveAsync(cancellation);
        await Eventually.TrueAsync(
            async () =>
            {
                var now = await gateway.Http.LiveAsync(cancellation);
                return now.Count(price => first.TryGetValue(price.Key, out var old)
                    && old.GetProperty("price").GetDouble() != price.Value.GetProperty("price").GetDouble()) > 2;
            },
            TimeSpan.FromSeconds(60), () => $"no price moved:\n{gateway.Output}", cancellation);
    }

    private static async Task<List<JsonElement>> HistoryAsync(HttpClient http, CancellationToken cancellationToken, DateTimeOffset? until = null)
    {
        var end = TimeProvider.System.GetUtcNow();
        var items = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var reply = await http.PostAsJsonAsync("/api/v1/prices/query",
                new { start = end.AddHours(-25), end, limit = 1000, cursor }, cancellationToken);
            var page = (await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellationToken))!;
            items.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null && (until is { } last ? items[^1].GetProperty("timestamp").GetDateTimeOffset() <= last : items.Count < 5_000));

        return items;
    }

    private static (string, string, string, string, double) Key(JsonElement price) => (
        price.GetProperty("market_zone").GetString()!, price.GetProperty("location").GetString()!, price.GetProperty("price_type").GetString()!,
        price.GetProperty("timestamp").GetString()!, price.GetProperty("price").GetDouble());
}
