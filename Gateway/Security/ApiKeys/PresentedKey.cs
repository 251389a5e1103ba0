using OptiBid.History.ApiKeys;

namespace OptiBid.Gateway.Security.ApiKeys;

/// <summary>
/// Where a request has its API key: in <c>X-Api-Key</c>; for the hub also where SignalR's clients put a token, because
/// browsers cannot set headers on a web socket.
/// </summary>
internal static class PresentedKey
{
    public const string Header = "X-Api-Key";

    private const string Bearer = "Bearer ";

    /// <summary>True when the request has one, sound or not.</summary>
    public static bool Is(HttpRequest request) =>
        request.Headers.ContainsKey(Header)
        || IsForHub(request) && (request.Query["access_token"].Any(IsKey) || request.Headers.Authorization.Any(static text => IsKey(AfterBearer(text))));

    /// <summary>The key; null when it is given twice, or something else is given beside it.</summary>
    public static string? Of(HttpRequest request)
    {
        string?[] given = [.. request.Headers[Header], .. request.Headers.Authorization.Select(AfterBearer), .. IsForHub(request) ? request.Query["access_token"] : []];
        return given is [var only] ? only : null;
    }

    private static bool IsForHub(HttpRequest request) => request.Path.StartsWithSegments("/hubs");

    private static bool IsKey(string? text) => text?.StartsWith(ApiKeyText.Prefix, StringComparison.Ordinal) is true;

    private static string? AfterBearer(string? text) => text?.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) is true ? text[Bearer.Length..] : text;
}
