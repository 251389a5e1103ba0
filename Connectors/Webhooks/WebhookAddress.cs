using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace OptiBid.Connectors.Webhooks;

/// <summary>
/// What an address must be to be posted to, as far as its text says. Where a name leads is seen when it is connected to
/// (<see cref="WebhookConnections"/>), and anew with each connection, for that may change.
/// </summary>
public static class WebhookAddress
{
    /// <summary>Most characters.</summary>
    public const int MaxLength = 2_048;

    /// <summary>Names that lead nowhere outside, by how they end (RFC 6761, 6762, 8375; ICANN's <c>internal</c>).</summary>
    private static readonly string[] Inside = ["localhost", "local", "localdomain", "internal", "intranet", "lan", "home.arpa", "svc", "test", "invalid"];

    /// <summary>Reads an address.</summary>
    /// <param name="text">What a user gave.</param>
    /// <param name="allowPrivate">True where addresses of private networks, and <c>http</c>, are allowed.</param>
    /// <param name="address">The address.</param>
    /// <param name="fault">What is wrong with it, to go on after its name: <c>must be …</c>.</param>
    public static bool TryParse(string text, bool allowPrivate, [NotNullWhen(true)] out Uri? address, [NotNullWhen(false)] out string? fault)
    {
        fault = text.Length > MaxLength ? $"must have {MaxLength} characters at the most"
            : Uri.TryCreate(text, UriKind.Absolute, out address) ? FindFault(address, allowPrivate)
            : "must be a whole address, such as https://example.com/alerts";
        address = fault is null ? new Uri(text) : null;
        return fault is null;
    }

    /// <summary>What is wrong with an address; null when it may be tried.</summary>
    internal static string? FindFault(Uri address, bool allowPrivate)
    {
        if (!address.IsAbsoluteUri || address.Scheme != Uri.UriSchemeHttps && !(allowPrivate && address.Scheme == Uri.UriSchemeHttp)) return "must begin with https://";
        if (address.UserInfo.Length > 0) return "must not have a user name or a password in it";
        if (address.Fragment.Length > 0) return "must not have a fragment (#) in it";
        if (address.IdnHost.Length == 0 || address.Port is 0) return "must name a host";
        return allowPrivate || IsOutside(address.IdnHost.TrimEnd('.')) ? null : "must lead to an address of the public internet";
    }

    private static bool IsOutside(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? PublicAddresses.Has(literal)
        : host.Contains('.', StringComparison.Ordinal)
            && !Inside.Any(inside => host.EndsWith("." + inside, StringComparison.OrdinalIgnoreCase));
}
