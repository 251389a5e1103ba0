using System.Net;
using System.Net.Sockets;

namespace OptiBid.Connectors.Webhooks;

/// <summary>
/// Which addresses are of the public internet. Of IPv4 that is everything but what IANA's registry of special-purpose
/// addresses (RFC 6890 and after) has for other uses; of IPv6 only what is given out as global unicast (2000::/3), less the
/// same. Addresses that carry another one within (IPv4-mapped, 6to4, Teredo, NAT64) are none, whatever they carry.
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] Others =
    [
        .. ((string[])
        [
            "0.0.0.0/8",          // this network, and unspecified
            "10.0.0.0/8",         // private
            "100.64.0.0/10",      // shared by carriers (CGNAT)
            "127.0.0.0/8",        // loopback
            "168.63.129.16/32",   // Azure's host, which looks public
            "169.254.0.0/16",     // link-local, and the clouds' metadata
            "172.16.0.0/12",      // private
            "192.0.0.0/24",       // protocol assignments
            "192.0.2.0/24",       // documentation
            "192.88.99.0/24",     // 6to4 relays
            "192.168.0.0/16",     // private
            "198.18.0.0/15",      // benchmarks
            "198.51.100.0/24",    // documentation
            "203.0.113.0/24",     // documentation
            "224.0.0.0/4",        // multicast
            "240.0.0.0/4",        // reserved, and broadcast
            "2001::/23",          // protocol assignments: Teredo, benchmarks, ORCHID
            "2001:db8::/32",      // documentation
            "2002::/16",          // 6to4
            "3fff::/20",          // documentation
        ]).Select(static text => IPNetwork.Parse(text)),
    ];

    /// <summary>True for an address of the public internet.</summary>
    public static bool Has(IPAddress address) =>
        (address.AddressFamily == AddressFamily.InterNetwork || address.AddressFamily == AddressFamily.InterNetworkV6 && IsGlobalUnicast(address) && address.ScopeId == 0)
        && !Others.Any(network => network.Contains(address));

    /// <summary>By its bits: <see cref="IPNetwork"/> takes an IPv4-mapped address for the IPv4 address within.</summary>
    private static bool IsGlobalUnicast(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return !address.IsIPv4MappedToIPv6 && address.TryWriteBytes(bytes, out _) && bytes[0] >> 5 == 0b001;
    }
}
