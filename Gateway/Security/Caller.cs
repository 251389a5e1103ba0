using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace OptiBid.Gateway.Security;

/// <summary>Whom a budget belongs to: the subject of a token, or the address where there is none.</summary>
/// <param name="Subject">The token's subject.</param>
/// <param name="Address">The address of a caller without a token.</param>
internal readonly record struct Caller(string? Subject, AddressBlock Address)
{
    /// <summary>Whom what is not limited is put down to. No token's subject is empty.</summary>
    public static readonly Caller Nobody = new("", default);

    public static Caller Of(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } subject }
            ? new(subject, default)
            : new(null, AddressBlock.Of(context.Connection.RemoteIpAddress));
}

/// <summary>
/// What one subscriber of the internet is given: an IPv4 address, or the /64 of an IPv6 address, of which he may use any.
/// </summary>
/// <param name="Family">Which kind; unspecified where there is no address, as on a Unix socket.</param>
/// <param name="Bits">The address, or the upper half of it.</param>
internal readonly record struct AddressBlock(AddressFamily Family, ulong Bits)
{
    public static AddressBlock Of(IPAddress? address)
    {
        if (address is null) return default;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out var length)) return default;
        return new(address.AddressFamily, length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }
}
