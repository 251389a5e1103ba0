using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace OptiBid.Gateway.Caching;

/// <summary>
/// The entity tag of an answer (RFC 9110, 8.8.3): made of its bytes, so that equal answers have equal tags at every gateway.
/// It is a weak one, because the same answer also goes out compressed, and a strong tag would have to tell those apart; for
/// the conditions of reads there is no difference.
/// </summary>
internal static class EntityTag
{
    private const int HashBytes = 16;

    public static string Of(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return $"W/\"{Base64Url.EncodeToString(hash[..HashBytes])}\"";
    }

    /// <summary>True when the caller says that he has the answer with this tag.</summary>
    public static bool IsKnownTo(HttpRequest request, string tag)
    {
        if (!HttpMethods.IsGet(request.Method) || request.Headers.IfNoneMatch.Count == 0) return false;

        var own = EntityTagHeaderValue.Parse(tag);
        return request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(own, useStrongComparison: false));
    }
}
