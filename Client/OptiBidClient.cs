using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using OptiBid.Client.Live;
using OptiBid.Client.Models;
using OptiBid.Client.Requests;

namespace OptiBid.Client;

/// <summary>
/// Everything an OptiBid gateway tells of prices. Lists go on over all their pages by themselves, and stop asking when the
/// caller stops taking. Safe to use from many threads. What the gateway refuses is an <see cref="OptiBidException"/>.
/// </summary>
/// <param name="http">
/// Has the gateway's address as its base address. Without a time-out of its own (<see cref="Timeout.InfiniteTimeSpan"/>)
/// where prices are subscribed to.
/// </param>
public sealed partial class OptiBidClient(HttpClient http)
{
    private const string Root = "api/v1/";

    private readonly TimeProvider _clock = TimeProvider.System;

    /// <summary>A client with a connection of its own.</summary>
    /// <param name="gateway">Where the gateway is, such as <c>https://prices.example.com/</c>.</param>
    /// <param name="apiKey">An API key; null for what anybody may read.</param>
    public static OptiBidClient Connect(Uri gateway, string? apiKey = null)
    {
        // Connections are made anew now and then, so that a gateway's new address is found.
        var handler = new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(10),
        };
        var http = new HttpClient(handler) { BaseAddress = gateway, Timeout = Timeout.InfiniteTimeSpan };
        if (apiKey is not null) http.DefaultRequestHeaders.Add("X-Api-Key", apiKey);
        return new OptiBidClient(http);
    }

    /// <summary>Uses another clock for the pauses between attempts.</summary>
    internal OptiBidClient(HttpClient http, TimeProvider clock) : this(http) => _clock = clock;

    /// <summary>Newest prices.</summary>
    public IAsyncEnumerable<MarketPrice> GetLivePricesAsync(LivePricesRequest? request = null, CancellationToken cancellationToken = default) =>
        PagesAsync("prices/live", (request ?? new()).ToQuery(), ClientJson.Default.PagePrice, cancellationToken);

    /// <summary>One location whole: its newest prices, volatility, DART spread and basis.</summary>
    /// <param name="zone">The market, such as <see cref="MarketZones.Pjm"/>.</param>
    /// <param name="location">The market's id of the location, or its name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<LocationPrices> GetLocationAsync(string zone, string location, CancellationToken cancellationToken = default) =>
        GetAsync($"prices/{Uri.EscapeDataString(zone)}/{Uri.EscapeDataString(location)}", ClientJson.Default.LocationPrices, cancellationToken);

    /// <summary>Prices of the past.</summary>
    public IAsyncEnumerable<MarketPrice> QueryPricesAsync(PriceQuery query, CancellationToken cancellationToken = default) =>
        PagesAsync(query.ToBody(), ClientJson.Default.PagePrice, cancellationToken);

    /// <summary>Prices of the past, gathered into larger intervals.</summary>
    public IAsyncEnumerable<PriceBucket> QueryBucketsAsync(PriceQuery query, Resample resample, CancellationToken cancellationToken = default) =>
        PagesAsync(query.ToBody() with { Resample = resample }, ClientJson.Default.PagePriceBucket, cancellationToken);

    /// <summary>Every value that prices of the past have had.</summary>
    public IAsyncEnumerable<PriceRevision> QueryRevisionsAsync(PriceQuery query, CancellationToken cancellationToken = default) =>
        PagesAsync(query.ToBody() with { IncludeRevisions = true }, ClientJson.Default.PagePriceRevision, cancellationToken);

    /// <summary>Writes prices of the past as a file, however many there are. Needs the role trader.</summary>
    /// <param name="query">Which prices.</param>
    /// <param name="format">The format.</param>
    /// <param name="target">Where the file goes.</param>
    /// <param name="cancellationToken">Ends the call; what was written stays.</param>
    /// <exception cref="HttpIOException">The connection broke: the file is not whole.</exception>
    public async Task ExportAsync(PriceQuery query, ExportFormat format, Stream target, CancellationToken cancellationToken = default)
    {
        // A file has no pages: with a limit it would be cut short.
        using var request = Post("prices/query", query.ToBody() with { Limit = null });
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(format.MediaType()));
        using var response = await SendAsync(request, cancellationToken);
        await response.Content.CopyToAsync(target, cancellationToken);
    }

    /// <summary>The directory of locations.</summary>
    public IAsyncEnumerable<MarketLocation> FindLocationsAsync(LocationsRequest? request = null, CancellationToken cancellationToken = default) =>
        PagesAsync("locations", (request ?? new()).ToQuery(), ClientJson.Default.PageMarketLocation, cancellationToken);

    /// <summary>What prices offered a battery, day by day (top-minus-bottom n-hour spread, TBn).</summary>
    public Task<StorageValue> GetStorageValueAsync(StorageValueRequest request, CancellationToken cancellationToken = default) =>
        GetAsync("analytics/storage-value" + request.ToQuery(), ClientJson.Default.StorageValue, cancellationToken);

    /// <summary>DART spreads or basis of a location, the first page; <see cref="Spreads.NextCursor"/> as <see cref="SpreadsRequest.Cursor"/> gives the next.</summary>
    public Task<Spreads> GetSpreadsAsync(SpreadsRequest request, CancellationToken cancellationToken = default) =>
        GetAsync("analytics/spreads" + request.ToQuery(), ClientJson.Default.Spreads, cancellationToken);

    /// <summary>How prices went, bucket by bucket.</summary>
    public async Task<PriceTrends> GetPriceTrendsAsync(PriceTrendsRequest request, CancellationToken cancellationToken = default)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, Root + "analytics/price-trends") { Content = JsonContent.Create(request, ClientJson.Default.PriceTrendsRequest) };
        return await ReadAsync(message, ClientJson.Default.PriceTrends, cancellationToken);
    }

    /// <summary>Every market in a line: prices, volatility, freshness, completeness, status.</summary>
    public Task<ZoneSummaries> GetSummaryAsync(CancellationToken cancellationToken = default) =>
        GetAsync("summary", ClientJson.Default.ZoneSummaries, cancellationToken);

    /// <summary>The figures of markets now, and what moved most.</summary>
    /// <param name="zones">The markets; none for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<CurrentMetrics> GetCurrentMetricsAsync(IReadOnlyList<string>? zones = null, CancellationToken cancellationToken = default) =>
        GetAsync("metrics/current" + new QueryText().Add("zone", zones ?? []), ClientJson.Default.CurrentMetrics, cancellationToken);

    /// <summary>What the data of markets is worth, feed by feed and hour by hour.</summary>
    /// <param name="zones">The markets; none for all.</param>
    /// <param name="hours">How many hours back; null for the gateway's own choice.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<FeedQualities> GetQualityAsync(IReadOnlyList<string>? zones = null, int? hours = null, CancellationToken cancellationToken = default) =>
        GetAsync("quality" + new QueryText().Add("zone", zones ?? []).Add("hours", hours), ClientJson.Default.FeedQualities, cancellationToken);

    /// <summary>
    /// Live prices for as long as the caller takes them: the newest ones first, then those that move. A connection that is
    /// lost is made again, as often as needed; it begins with a snapshot, of which only what is newer is given, so a price
    /// never goes backwards.
    /// </summary>
    /// <param name="filter">Which prices; null for all.</param>
    /// <param name="cancellationToken">Ends the subscription.</param>
    /// <exception cref="OptiBidException">The gateway refuses the subscription for what it asks, or for who asks.</exception>
    public IAsyncEnumerable<LiveEvent> SubscribeAsync(PriceFilter? filter = null, CancellationToken cancellationToken = default) =>
        new PriceSubscription(OpenStreamAsync, _clock).ReadAsync((filter ?? new()).ToQuery(), cancellationToken);

    private Task<HttpResponseMessage> OpenStreamAsync(QueryText query, string? lastEventId, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Root + "stream/real-time" + query);
        request.Headers.Accept.Add(new("text/event-stream"));
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        return SendAsync(request, cancellationToken);
    }

    private static HttpRequestMessage Post(string path, PriceQueryBody body) =>
        new(HttpMethod.Post, Root + path) { Content = JsonContent.Create(body, ClientJson.Default.PriceQueryBody) };

    private async IAsyncEnumerable<T> PagesAsync<T>(PriceQueryBody body, JsonTypeInfo<Page<T>> json, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var more = true; more;)
        {
            using var request = Post("prices/query", body);
            var page = await ReadAsync(request, json, cancellationToken);
            foreach (var item in page.Items) yield return item;
            body = body with { Cursor = page.NextCursor };
            more = page.NextCursor is not null;
        }
    }

    private async IAsyncEnumerable<T> PagesAsync<T>(string path, QueryText query, JsonTypeInfo<Page<T>> json, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var more = true; more;)
        {
            var page = await GetAsync(path + query, json, cancellationToken);
            foreach (var item in page.Items) yield return item;
            query = query.With("cursor", page.NextCursor);
            more = page.NextCursor is not null;
        }
    }

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> json, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Root + path);
        return await ReadAsync(request, json, cancellationToken);
    }

    private async Task<T> ReadAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> json, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, cancellationToken);
        return await response.Content.ReadFromJsonAsync(json, cancellationToken)
            ?? throw new OptiBidException(response.StatusCode, new Problem { Title = "The answer is empty." });
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode) return response;
        using (response) throw await OptiBidException.OfAsync(response, cancellationToken);
    }
}
