using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace OptiBid.Cluster.Tests;

/// <summary>What a user of the gateway asks it.</summary>
internal static class GatewayClient
{
    /// <summary>Every item of a paged list.</summary>
    public static async Task<List<JsonElement>> AllAsync(this HttpClient http, string path, CancellationToken cancellationToken)
    {
        var items = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var reply = await http.GetAsync(
                cursor is null ? path : $"{path}{(path.Contains('?') ? '&' : '?')}cursor={Uri.EscapeDataString(cursor)}", cancellationToken);
            // A location that has no price yet is not known yet.
            if (reply.StatusCode == HttpStatusCode.NotFound) return items;

            var page = await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            items.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        return items;
    }

    /// <summary>The newest real-time prices, by zone and location.</summary>
    public static async Task<Dictionary<(string Zone, string Location), JsonElement>> LiveAsync(this HttpClient http, CancellationToken cancellationToken) =>
        (await http.AllAsync("/api/v1/prices/live?price_type=REAL_TIME_5_MIN&limit=1000", cancellationToken)).ToDictionary(
            price => (price.GetProperty("market_zone").GetString()!, price.GetProperty("location").GetString()!));
}
