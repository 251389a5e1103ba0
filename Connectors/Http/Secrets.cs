using System.Text;
using OptiBid.Connectors.Configuration;

namespace OptiBid.Connectors.Http;

/// <summary>Blots the credentials of a call out of its answer, before anything can quote it: some gateways echo what they refuse.</summary>
internal static class Secrets
{
    /// <summary>In a good answer a short secret could be part of the data; long ones cannot.</summary>
    private const int LongEnough = 8;

    /// <summary>Overwrites the subscription key, the password and the token sent wherever they stand.</summary>
    /// <param name="body">The answer, changed in place.</param>
    /// <param name="credentials">The secrets.</param>
    /// <param name="request">The call, with its token.</param>
    /// <param name="isRefusal">True for an answer that carries no data.</param>
    public static void Blot(Span<byte> body, MarketCredentials credentials, HttpRequestMessage request, bool isRefusal)
    {
        foreach (var secret in (ReadOnlySpan<string?>)[credentials.ApiKey, credentials.Password, request.Headers.Authorization?.Parameter])
        {
            if (secret is null || (!isRefusal && secret.Length < LongEnough)) continue;
            Blot(body, Encoding.UTF8.GetBytes(secret));
            Blot(body, Encoding.UTF8.GetBytes(Uri.EscapeDataString(secret)));
        }
    }

    private static void Blot(Span<byte> body, ReadOnlySpan<byte> secret)
    {
        for (int at; (at = body.IndexOf(secret)) >= 0; body = body[(at + secret.Length)..])
            body.Slice(at, secret.Length).Fill((byte)'*');
    }
}
