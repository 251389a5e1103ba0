using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Feeds;
using OptiBid.Grains.Interfaces;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace OptiBid.Connectors.Http;

/// <summary>
/// Calls one market and turns whatever goes wrong into a <see cref="MarketFeedException"/> in plain words.
/// Bodies are bounded; neither keys nor queries reach an error text.
/// </summary>
internal sealed class MarketClient(IHttpClientFactory clients, MarketZone zone, ZoneConnectorOptions options, IMarketCredentials credentials, CallPriority priority = CallPriority.Live)
{
    private readonly long _bodyLimit = options.Http.BodyMegabytes * 1024L * 1024;
    private readonly ConcurrentDictionary<string, int> _sizes = new(StringComparer.Ordinal);

    /// <summary>Bytes a zipped file may unpack to.</summary>
    public long UnpackedLimit { get; } = options.Http.UnpackedMegabytes * 1024L * 1024;

    /// <summary>The credentials in force now.</summary>
    public MarketCredentials Credentials => credentials.Get(zone);

    /// <summary>Gets a body.</summary>
    /// <param name="feed">The feed, for errors.</param>
    /// <param name="address">What to get.</param>
    /// <param name="prepare">Adds headers.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<MarketResponse> GetAsync(string feed, Uri address, Action<HttpRequestMessage>? prepare, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        prepare?.Invoke(request);
        return SendAsync(feed, request, cancellationToken);
    }

    /// <summary>Sends a request and reads the answer.</summary>
    public async Task<MarketResponse> SendAsync(string feed, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var sent = request;
        request.Options.Set(RateLimitHandler.Priority, priority);
        var secrets = Credentials;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var http = clients.CreateClient(MarketHttpExtensions.ClientName(zone));
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);

            deadline.CancelAfter(TimeSpan.FromSeconds(options.Http.TimeoutSeconds));
            var body = await ReadAsync(feed, response, deadline.Token);
            Secrets.Blot(body.Span, secrets, request, isRefusal: !response.IsSuccessStatusCode);
            if (response.StatusCode == HttpStatusCode.NotModified && IsConditional(request)) return new MarketResponse { IsUnchanged = true };
            if (!response.IsSuccessStatusCode) throw Refused(feed, response, body);

            var total = response.Headers.TryGetValues("X-TotalRows", out var values) && long.TryParse(values.First(), out var rows) ? rows : (long?)null;
            return new MarketResponse(Payload.NotEmpty(feed, body), total)
            {
                Tag = response.Headers.ETag,
                LastModified = response.Content.Headers.LastModified,
            };
        }
        catch (Exception error) when (Unreachable(error, cancellationToken) is { } reason)
        {
            throw new MarketFeedException(feed, $"{request.RequestUri?.GetLeftPart(UriPartial.Path)} cannot be read: {reason}", error);
        }
    }

    private static bool IsConditional(HttpRequestMessage request) =>
        request.Headers.IfNoneMatch.Count > 0 || request.Headers.IfModifiedSince is not null;

    private static string? Unreachable(Exception error, CancellationToken asked) => error switch
    {
        TimeoutRejectedException => "it did not answer in time",
        OperationCanceledException when !asked.IsCancellationRequested => "its answer broke off in time-out",
        BrokenCircuitException => "it failed so often that it is left alone for a moment",
        // "An error occurred while sending the request" helps nobody; what lies beneath says what occurred.
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.Unknown, InnerException: { } inner } => inner.Message,
        HttpRequestException or IOException => error.Message,
        _ => null,
    };

    private async Task<Memory<byte>> ReadAsync(string feed, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var body = new MemoryStream(Expected(feed, response));
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > _bodyLimit)
                throw new MarketFeedException(feed, $"the body is larger than the {_bodyLimit:N0} bytes allowed");
            body.Write(buffer, 0, read);
        }

        if (response.StatusCode == HttpStatusCode.OK) _sizes[feed] = (int)body.Length;
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    /// <summary>
    /// Room to begin with: what the market announces, else a little more than the feed's last answer. A page of many megabytes that
    /// outgrows its room again and again leaves twice its size behind.
    /// </summary>
    private int Expected(string feed, HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.OK) return 0;
        var expected = response.Content.Headers.ContentLength ?? (_sizes.TryGetValue(feed, out var last) ? last + last / 16L : 0);
        return (int)Math.Min(expected, _bodyLimit);
    }

    private MarketFeedException Refused(string feed, HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        var key = $"{ZoneConnectorOptions.Section}:{zone.Name()}";
        var meaning = response.StatusCode switch
        {
            HttpStatusCode.BadRequest => "the market does not accept the request",
            HttpStatusCode.Unauthorized => $"the market does not accept the credentials; set {key}:ApiKey" + (zone == MarketZone.ERCOT ? ", :Username and :Password" : ""),
            HttpStatusCode.Forbidden => $"the market denies access to these credentials ({key})",
            HttpStatusCode.NotFound => $"the market has no such feed at {response.RequestMessage?.RequestUri?.GetLeftPart(UriPartial.Path)}; check {key}:BaseUrl",
            HttpStatusCode.TooManyRequests => "the market says too many calls were made",
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => $"the market redirects to {response.Headers.Location?.Host}, which is not followed; check {key}:BaseUrl",
            >= HttpStatusCode.InternalServerError => "the market has trouble of its own",
            _ => "unexpected answer",
        };
        var detail = Detail(body);
        return new MarketFeedException(feed, $"HTTP {(int)response.StatusCode}: {meaning}" + (detail.Length > 0 ? $" (\"{detail}\")" : ""))
        {
            Status = response.StatusCode,
            RetryAfter = MarketHttpExtensions.RetryAfter(response),
        };
    }

    private static string Detail(ReadOnlyMemory<byte> body)
    {
        if (!Payload.IsJson(body.Span)) return Payload.Words(body.Span);
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? MarketErrors.Describe(json.RootElement) ?? Payload.Words(body.Span) : Payload.Words(body.Span);
        }
        catch (JsonException)
        {
            return Payload.Words(body.Span);
        }
    }
}
