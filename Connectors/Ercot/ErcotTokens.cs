using System.Globalization;
using System.Text.Json;
using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;

namespace OptiBid.Connectors.Ercot;

/// <summary>
/// Access tokens for ERCOT's public API: user name and password against the market's identity provider (resource-owner password
/// grant), good for an hour. A token is renewed some minutes before its end by one caller while the others go on with it; when it
/// is over, all wait for the one renewal.
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

    /// <summary>Not used to its very end: a call takes time to arrive.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turn = new(1);
    private volatile Token? _token;

    /// <summary>A token; null when no user is configured.</summary>
    public async Task<string?> GetAsync(string feed, CancellationToken cancellationToken)
    {
        var credentials = market.Client.Credentials;
        if (credentials is not { Username: not null, Password: not null }) return null;
        if (_token is { } known && known.IsOf(credentials) && market.Clock.GetUtcNow() < known.RenewAt) return known.Text;

        // Who finds a renewal on its way goes on with what there is, as long as it is good.
        while (!await _turn.WaitAsync(Good(credentials) is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellationToken))
        {
            if (Good(credentials) is { } good) return good;
        }

        try
        {
            if (_token is { } renewed && renewed.IsOf(credentials) && market.Clock.GetUtcNow() < renewed.RenewAt) return renewed.Text;
            return (_token = await BuyAsync(feed, credentials, cancellationToken)).Text;
        }
        catch (MarketFeedException) when (Good(credentials) is not null)
        {
            // Renewed too early rather than too late: it is tried again with the next call.
            return Good(credentials);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Forgets a token that the market does not accept, unless another has taken its place.</summary>
    public void Drop(string token)
    {
        if (_token is { } known && known.Text == token) _token = null;
    }

    private string? Good(MarketCredentials credentials) =>
        _token is { } known && known.IsOf(credentials) && market.Clock.GetUtcNow() < known.EndsAt - Slack ? known.Text : null;

    private async Task<Token> BuyAsync(string feed, MarketCredentials credentials, CancellationToken cancellationToken)
    {
        var asked = market.Clock.GetUtcNow();
        var request = new HttpRequestMessage(HttpMethod.Post, market.Options.TokenUrl ?? PublicUrl)
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "password"),
                new("username", credentials.Username!),
                new("password", credentials.Password!),
                new("scope", $"openid {ClientId} offline_access"),
                new("client_id", ClientId),
                new("response_type", "id_token"),
            ]),
        };
        var answer = await market.Client.SendAsync(feed, request, cancellationToken);
        var (text, life) = Read(feed, answer.Body);
        return new Token(text, credentials, asked + life, asked + (life > Margin * 2 ? life - Margin : life / 2));
    }

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

    private sealed record Token(string Text, MarketCredentials Of, DateTimeOffset EndsAt, DateTimeOffset RenewAt)
    {
        public bool IsOf(MarketCredentials credentials) => credentials == Of;

        /// <summary>Never the token.</summary>
        public override string ToString() => $"token good until {EndsAt:u}";
    }
}
