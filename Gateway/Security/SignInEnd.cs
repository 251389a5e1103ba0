using Microsoft.AspNetCore.Authentication;

namespace OptiBid.Gateway.Security;

/// <summary>The end of what a caller's token lets him do, for answers that would outlive it.</summary>
internal static class SignInEnd
{
    /// <summary>The longest a timer can be set; who holds a token for longer connects again.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Cancelled when the token expires; never for a caller without one.</summary>
    public static CancellationTokenSource Of(HttpContext context, TimeProvider clock)
    {
        if (context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc is not { } expires) return new();
        var left = expires - clock.GetUtcNow();
        return new(left < TimeSpan.Zero ? TimeSpan.Zero : left < Longest ? left : Longest, clock);
    }
}
