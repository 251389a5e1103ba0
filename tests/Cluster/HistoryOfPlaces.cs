using System.Net;
using System.Text.Json;

namespace OptiBid.Cluster.Tests;

/// <summary>Everything that <c>/api/v1/prices/history</c> has of some places.</summary>
internal static class HistoryOfPlaces
{
    public static async Task<List<HistoryPrice>> HistoryAsync(
        this HttpClient http, IEnumerable<(string Zone, string Location)> places, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var rows = new List<HistoryPrice>();
        foreach (var (zone, location) in places)
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get, $"/api/v1/prices/history?zone={zone}&location={Uri.EscapeDataString(location)}&start={from.UtcDateTime:O}&end={to.UtcDateTime:O}");
            request.Headers.Accept.ParseAdd("application/x-ndjson");
            using var reply = await http.SendAsync(request, cancellationToken);
            // A place that has no price yet is not known yet.
            if (reply.StatusCode == HttpStatusCode.NotFound) continue;
            var lines = await reply.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken);
            rows.AddRange(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => HistoryPrice.Of(JsonElement.Parse(line))));
        }

        return rows;
    }
}
