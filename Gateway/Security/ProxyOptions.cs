using System.Net;

namespace OptiBid.Gateway.Security;

/// <summary>Section <c>ForwardedHeaders</c>: which proxies are believed when they say whom they forward.</summary>
public sealed class ProxyOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "ForwardedHeaders";

    /// <summary>Addresses of proxies.</summary>
    public string[] KnownProxies { get; set; } = [];

    /// <summary>Networks that proxies are in, such as <c>10.0.0.0/8</c>.</summary>
    public string[] KnownNetworks { get; set; } = [];

    /// <summary>True where any proxy is known.</summary>
    internal bool Any => KnownProxies.Length + KnownNetworks.Length > 0;

    /// <summary>One line that says what is wrong; null when nothing is.</summary>
    public string? FindFault() =>
        KnownProxies.FirstOrDefault(static text => !IPAddress.TryParse(text, out _)) is { } proxy
            ? $"{Section}:{nameof(KnownProxies)}: '{proxy}' is not an IP address."
        : KnownNetworks.FirstOrDefault(static text => !IPNetwork.TryParse(text, out _)) is { } network
            ? $"{Section}:{nameof(KnownNetworks)}: '{network}' is not a network such as 10.0.0.0/8, with no bits set behind the prefix."
        : KnownNetworks.FirstOrDefault(static text => IPNetwork.Parse(text).PrefixLength == 0) is { } everybody
            ? $"{Section}:{nameof(KnownNetworks)}: '{everybody}' is everybody, who could then choose his address; name the proxies' networks."
        : null;
}
