using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using OptiBid.Grains.Interfaces;
using OptiBid.ProductProcess;

namespace OptiBid.Cluster.Tests;

/// <summary>The simulator's <c>serve</c> as a process of its own: four markets over HTTP, faults on demand, and the truth.</summary>
internal sealed class ServedMarkets : IAsyncDisposable
{
    public static readonly MarketZone[] Zones = [MarketZone.PJM, MarketZone.CAISO, MarketZone.ERCOT, MarketZone.NYISO];

    private const string Listening = "listening on ";
    private readonly ProductProcess.ProductProcess _process;
    private readonly HttpClient _http;

    private ServedMarkets(ProductProcess.ProductProcess process, Uri address)
    {
        _process = process;
        Address = address;
        _http = new HttpClient { BaseAddress = address };
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    public static async Task<ServedMarkets> StartAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var process = ProductProcess.ProductProcess.Start("Simulator", new Dictionary<string, string>(), address: null, ["serve", "--port", "0", .. arguments]);
        await Eventually.TrueAsync(
            () => Task.FromResult(process.HasExited || process.Output.Contains(Listening, StringComparison.Ordinal)),
            TimeSpan.FromSeconds(60), () => $"serve does not listen:\n{process.Output}", cancellationToken);
        Assert.False(process.HasExited, process.Output);
        return new ServedMarkets(process, new Uri(process.Output.Split('\n')[0][Listening.Length..]));
    }

    /// <summary>
    /// What makes a zone's connector read the market served. ERCOT's files and its API, and CAISO's OASIS and Outlook, are on hosts
    /// of two names, as in life.
    /// </summary>
    public IEnumerable<(string Key, string Value)> Settings(MarketZone zone, params string[] feeds)
    {
        var key = $"Connectors__{zone}__";
        var (here, other) = ($"http://127.0.0.1:{Address.Port}", $"http://localhost:{Address.Port}");
        yield return (key + "Feed", "Live");
        yield return (key + "BaseUrl", here + zone switch
        {
            MarketZone.PJM => "/pjm/api/v1",
            MarketZone.CAISO => "/caiso/oasisapi",
            MarketZone.ERCOT => "/ercot/api/public-reports",
            _ => "/nyiso/public",
        });
        if (zone == MarketZone.CAISO)
        {
            yield return (key + "OutlookBaseUrl", other + "/caiso");
            yield return (key + "Locations__0", "ALL");
        }
        else if (zone == MarketZone.ERCOT)
        {
            yield return (key + "FilesBaseUrl", other + "/ercot");
            yield return (key + "TokenUrl", here + "/ercot/token");
        }

        for (var i = 0; i < feeds.Length; i++) yield return (key + "Feeds__" + i.ToString(CultureInfo.InvariantCulture), feeds[i]);
    }

    public async Task FaultAsync(object fault, CancellationToken cancellationToken)
    {
        using var answer = await _http.PostAsJsonAsync("/_control/faults", fault, cancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Ends the faults of a kind that strike calls.</summary>
    public async Task EndAsync(string fault, CancellationToken cancellationToken)
    {
        using var answer = await _http.DeleteAsync($"/_control/faults?fault={fault}", cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Ends all faults. Corrections still to come are taken back, and late rows come out.</summary>
    public async Task MendAsync(CancellationToken cancellationToken)
    {
        using var answer = await _http.DeleteAsync("/_control/faults", cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Every version of a price that was out by now, of the intervals of a range.</summary>
    public async Task<List<PublishedPrice>> PublishedAsync(DateTimeOffset from, DateTimeOffset to, string filter, CancellationToken cancellationToken) =>
        [.. (await LinesAsync($"/_control/published?from={from.UtcDateTime:O}&to={to.UtcDateTime:O}{filter}", cancellationToken)).Select(PublishedPrice.Of)];

    /// <summary>The calls, oldest first.</summary>
    public Task<List<JsonElement>> CallsAsync(CancellationToken cancellationToken) => LinesAsync("/_control/log", cancellationToken);

    /// <summary>How closely a market was called, all its hosts together.</summary>
    public async Task<JsonElement> SummaryAsync(MarketZone zone, CancellationToken cancellationToken) =>
        (await _http.GetFromJsonAsync<JsonElement>("/_control/log/summary", cancellationToken)).EnumerateArray()
        .Single(row => row.GetProperty("zone").GetString() == zone.Name() && row.GetProperty("host").ValueKind == JsonValueKind.Null);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    private async Task<List<JsonElement>> LinesAsync(string path, CancellationToken cancellationToken) =>
        [.. (await _http.GetStringAsync(path, cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
}
