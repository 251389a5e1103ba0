using System.Globalization;
using System.Text.Json;
using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;

namespace OptiBid.Connectors.Ercot;

/// <summary>
/// Access tokens for ERCOT's public API: user name and password against the market's identity provider
/// (resource-owner password grant), good for an hour and renewed before it ends.
/// </summary>
internal sealed class ErcotTokens(MarketContext market)
{
    /// <summary>The public address.</summary>
    public const string PublicUrl = "https://ercotb2c.b2clogin.com/ercotb2c.onmicrosoft.com/B2C_1_PUBAPI-ROPC-FLOW/oauth2/v2.0/token";

    /// <summary>The public API's application id, the same for every subscriber; ERCOT documents it.</summary>
    private const string ClientId = "fec253ea-0d06-4272-a5e6-b478baeecd70";

    /// <summary>Where the provider does not say; and it is renewed this much before its end.</summary>
    private static readonly TimeSpan UsualLife = TimeSpan.FromHours(1);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    private string? _token;
    private MarketCredentials? _of;
    private DateTimeOffset _renewAt;

    /// <summary>A token; null when no user is configured.</summary>
    public async Task<string?> GetAsync(string feed, CancellationToken cancellationToken)
    {
        var credentials = market.Client.Credentials;
        if (credentials is not { Username: { } user, Password: { } password }) return null;

        var now = market.Clock.GetUtcNow();
        if (_token is not null && now < _renewAt && credentials == _of) return _token;

        var request = new HttpRequestMessage(HttpMethod.Post, market.Options.TokenUrl ?? PublicUrl)
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "password"),
                new("username", user),
                new("password", password),
                new("scope", $"openid {ClientId} offline_access"),
                new("client_id", ClientId),
                new("response_type", "id_token"),
            ]),
        };
        var answer = await market.Client.SendAsync(feed, request, cancellationToken);
        (_token, var life) = Read(feed, answer.Body);
        _renewAt = now + (life > Margin * 2 ? life - Margin : life / 2);
        _of = credentials;
        return _token;
    }

    /// <summary>Forgets the token: the market does not accept it.</summary>
    public void Drop() => _token = null;

    private static (string Token, TimeSpan Life) Read(string feed, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            foreach (var name in new[] { "id_token", "access_token" })
            {
                if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var token)
                    && token.GetString() is { Length: > 0 } text)
                {
                    return (text, Life(json.RootElement));
                }
            }

            throw new MarketFeedException(feed, "the identity provider's answer holds no id_token");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new MarketFeedException(feed, "the identity provider's answer is not JSON", error);
        }
    }

    /// <summary><c>expires_in</c>, seconds, which comes as a number or as text.</summary>
    private static TimeSpan Life(JsonElement answer) =>
        answer.TryGetProperty("expires_in", out var value)
        && int.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 86_400
            ? TimeSpan.FromSeconds(seconds)
            : UsualLife;
}
