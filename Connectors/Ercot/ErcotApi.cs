using System.Net;
using System.Net.Http.Headers;
using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Http;
using OptiBid.Connectors.Markets;

namespace OptiBid.Connectors.Ercot;

/// <summary>Calls ERCOT's public API with key and token. ERCOT's own address answers nobody without them; another may.</summary>
internal sealed class ErcotApi(MarketContext market)
{
    /// <summary>The public address of the interface.</summary>
    public const string PublicUrl = "https://api.ercot.com/api/public-reports";

    private readonly ErcotTokens _tokens = new(market);
    private readonly string _root = market.Options.BaseUrl ?? PublicUrl;

    /// <summary>Gets a body. A token that is refused is replaced and the call made once more.</summary>
    /// <exception cref="MarketFeedException">The market cannot be read, or wants credentials that are not there.</exception>
    public async Task<ReadOnlyMemory<byte>> GetAsync(string feed, string path, (string Name, string? Value)[] query, CancellationToken cancellationToken)
    {
        var address = MarketAddress.Build(_root, path, query);
        if (market.Options.BaseUrl is null && market.Client.Credentials is not { ApiKey: not null, Username: not null, Password: not null })
            throw new MarketFeedException(feed, $"the public API wants a key and a user: set {ZoneConnectorOptions.Section}:ERCOT:ApiKey, :Username and :Password");

        var token = await _tokens.GetAsync(feed, cancellationToken);
        try
        {
            return await GetAsync(feed, address, token, cancellationToken);
        }
        catch (MarketFeedException error) when (error.Status == HttpStatusCode.Unauthorized && token is not null)
        {
            _tokens.Drop(token);
        }

        token = await _tokens.GetAsync(feed, cancellationToken);
        try
        {
            return await GetAsync(feed, address, token, cancellationToken);
        }
        catch (MarketFeedException error) when (error.Status == HttpStatusCode.Unauthorized && token is not null)
        {
            _tokens.Drop(token);
            throw;
        }
    }

    private async Task<ReadOnlyMemory<byte>> GetAsync(string feed, Uri address, string? token, CancellationToken cancellationToken) =>
        (await market.Client.GetAsync(feed, address, request => Authorize(request, token), cancellationToken)).Body;

    private void Authorize(HttpRequestMessage request, string? token)
    {
        if (market.Client.Credentials.ApiKey is { } key) request.Headers.TryAddWithoutValidation("Ocp-Apim-Subscription-Key", key);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }
}
