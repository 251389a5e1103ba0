using System.Net.Http.Json;
using System.Text.Json;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Cluster.Tests;

/// <summary>What operators see of the connectors.</summary>
internal static class ConnectorsView
{
    /// <summary>The source each feed of a zone was last read from, such as <c>files</c>; feeds without one are left out.</summary>
    public static async Task<Dictionary<string, string>> SourcesAsync(this HttpClient http, MarketZone zone, CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<JsonElement>($"/api/v1/admin/connectors/{zone}", cancellationToken)).GetProperty("feeds").EnumerateArray()
        .Where(feed => feed.GetProperty("source").ValueKind == JsonValueKind.String)
        .ToDictionary(feed => feed.GetProperty("feed").GetString()!, feed => feed.GetProperty("source").GetString()!);

    /// <summary>Fetches of a zone as the log has them, newest first.</summary>
    public static async Task<List<JsonElement>> IngestionsAsync(this HttpClient http, MarketZone zone, string filter, CancellationToken cancellationToken) =>
        [.. (await http.GetFromJsonAsync<JsonElement>($"/api/v1/admin/connectors/{zone}/ingestions?limit=1000{filter}", cancellationToken)).GetProperty("items").EnumerateArray()];

    /// <summary>Asks for a range of the past.</summary>
    /// <returns>Where the backfill is looked up.</returns>
    public static async Task<string> BackfillAsync(this HttpClient http, MarketZone zone, string feed, DateTimeOffset start, DateTimeOffset end, CancellationToken cancellationToken)
    {
        using var reply = await http.PostAsJsonAsync("/api/v1/backfill/historical", new { zone = zone.Name(), feeds = new[] { feed }, start, end }, cancellationToken);
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(cancellationToken));
        return (await reply.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("id").GetString()!;
    }

    /// <summary>How far a backfill is: state, and progress of 0 to 1.</summary>
    public static async Task<(string State, double Progress, string? Message)> BackfillAsync(this HttpClient http, string id, CancellationToken cancellationToken)
    {
        var job = await http.GetFromJsonAsync<JsonElement>($"/api/v1/backfill/{id}", cancellationToken);
        return (job.GetProperty("state").GetString()!, job.GetProperty("progress").GetDouble(), job.GetProperty("feeds")[0].GetProperty("message").GetString());
    }
}
