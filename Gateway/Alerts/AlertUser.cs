using System.Security.Claims;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Security.ApiKeys;

namespace OptiBid.Gateway.Alerts;

/// <summary>
/// Whose a caller's alert rules are: the subject of his token together with its issuer, or his API key, whatever secret it has
/// now. The two never meet, whatever a subject looks like. In Development those without a token share their rules.
/// </summary>
internal static class AlertUser
{
    private const string Anonymous = "anonymous";

    /// <summary>The user; null for a token that names nobody.</summary>
    public static string? OfOrDefault(ClaimsPrincipal? caller) =>
        KeyIdentity.SecretOf(caller) is { } secret ? OfKey(secret.Key.Id)
        : caller?.Identity is not { IsAuthenticated: true } identity ? Anonymous
        : identity.Name is { Length: > 0 } subject ? $"token:{caller.FindFirst("iss")?.Value} {subject}"
        : null;

    /// <exception cref="ApiProblem">The token names nobody.</exception>
    public static string Of(ClaimsPrincipal? caller) => OfOrDefault(caller) ?? throw ApiProblem.NoSubject();

    /// <summary>The user that a key is.</summary>
    public static string OfKey(string id) => "key:" + id;
}
