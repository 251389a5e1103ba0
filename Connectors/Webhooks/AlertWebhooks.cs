using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using OptiBid.Connectors.Credentials;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Connectors.Webhooks;

/// <summary>
/// Posts alerts over HTTP. What a post is answered is told by its status alone, and everything that keeps a connection from
/// coming about in the same words, so that nobody learns by a webhook what there is in the silos' networks.
/// </summary>
internal sealed class AlertWebhooks : IAlertWebhooks, IDisposable
{
    private const string NoConnection = "no connection came about: the name must lead to addresses of the public internet, and one of them must take connections";

    /// <summary>Bytes of an answer that are read, and thrown away, to keep its connection for the next post.</summary>
    private const int MostRead = 4_096;

    private readonly WebhookOptions _options;
    private readonly WebhookSecrets _secrets;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;

    public AlertWebhooks(IOptions<WebhookOptions> options, WebhookSecrets secrets, HostLookup lookup, TimeProvider clock)
    {
        (_options, _secrets, _clock) = (options.Value, secrets, clock);
        var connections = new WebhookConnections(lookup, _options.AllowPrivate);
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = (context, cancellationToken) => connections.ConnectAsync(context.DnsEndPoint, cancellationToken),
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            Credentials = null,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = MostRead,
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("OptiBid-Webhooks", "1"));
    }

    public Task<(string Secret, string Sealed)> MakeSecretAsync() => _secrets.MakeAsync();

    public async Task<string?> TryPostAsync(Uri address, string sealedSecret, Alert alert, CancellationToken cancellationToken)
    {
        if (WebhookAddress.FindFault(address, _options.AllowPrivate) is { } fault) return "the address " + fault;

        using var patience = new CancellationTokenSource(_options.Timeout, _clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var request = Request(address, await _secrets.OpenAsync(sealedSecret, ended.Token), alert);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ended.Token);
            var status = (int)response.StatusCode;
            return response.IsSuccessStatusCode ? null
                : status is >= 300 and < 400 ? $"answered {status}; redirects are not followed"
                : $"answered {status}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return FormattableString.Invariant($"not answered within {_options.Timeout.TotalSeconds:0.#} s");
        }
        catch (HttpRequestException error)
        {
            return error.HttpRequestError switch
            {
                HttpRequestError.SecureConnectionError => "no secure connection came about (TLS)",
                HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.Unknown => NoConnection,
                _ => "the answer was no HTTP, or the connection broke",
            };
        }
        catch (Exception error) when (error is CryptographicException or KeyRingException or FormatException)
        {
            return "the secret cannot be opened any more; take the webhook out of the rule and set it again";
        }
        catch (HistoryUnavailableException)
        {
            return "the secret could not be read at the moment";
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(Uri address, WebhookSecret secret, Alert alert)
    {
        var body = WebhookBody.Of(alert);
        var timestamp = _clock.GetUtcNow().ToUnixTimeSeconds();
        var id = HeaderText(alert.Id);
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", FormattableString.Invariant($"{timestamp}"));
        request.Headers.TryAddWithoutValidation("webhook-signature", secret.Sign(id, timestamp, body));
        return request;
    }

    /// <summary>An id may have a location's name in it, and a header only takes ASCII.</summary>
    private static string HeaderText(string id) => id.All(static letter => letter is > ' ' and <= '~') ? id : Uri.EscapeDataString(id);
}
