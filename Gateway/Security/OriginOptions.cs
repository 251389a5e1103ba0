namespace OptiBid.Gateway.Security;

/// <summary>Section <c>Cors</c>: pages of which other origins may call from a browser.</summary>
public sealed class OriginOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Cors";

    /// <summary>Origins as browsers write them, <c>https://desk.example.com</c>.</summary>
    public string[] Origins { get; set; } = [];

    /// <summary>One line that says what is wrong; null when nothing is.</summary>
    public string? FindFault() => Origins.FirstOrDefault(static origin => !IsExact(origin)) is { } wrong
        ? $"{Section}:{nameof(Origins)}: '{wrong}' is not an origin: scheme, host in small letters and port if it is not the scheme's, such as https://desk.example.com."
        : null;

    /// <summary>True for text that a browser would send as it is; anything else would never match.</summary>
    private static bool IsExact(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
        && $"{uri.Scheme}://{uri.IdnHost}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}" is var origin
        && (origin == text || uri.HostNameType == UriHostNameType.IPv6 && uri.GetLeftPart(UriPartial.Authority) == text);
}
