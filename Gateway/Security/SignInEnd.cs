using Microsoft.AspNetCore.Authentication;
using OptiBid.Gateway.Security.ApiKeys;

namespace OptiBid.Gateway.Security;

/// <summary>The end of what a caller's token or key lets him do, for answers that would outlive it.</summary>
internal static class SignInEnd
{
    /// <summary>The longest a timer can be set; who holds a token for longer connects again.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Cancelled when the token expires, or the key does or is revoked; never for a caller without one.</summary>
    public static CancellationTokenSource Of(HttpContext context, TimeProvider clock)
    {
        if (KeyIdentity.SecretOf(context.User) is { } secret) return CancellationTokenSource.CreateLinkedTokenSource(secret.Ended);
        if (context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc is not { } expires) return new();
        var left = expires - clock.GetUtcNow();
        return new(left < TimeSpan.Zero ? TimeSpan.Zero : left < Longest ? left : Longest, clock);
    }
}
