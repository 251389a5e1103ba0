namespace OptiBid.Gateway.Security;

/// <summary>Section <c>Security</c>: who may call.</summary>
public sealed class SecurityOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Security";

    /// <summary>Address of the OpenID Connect issuer whose bearer tokens are accepted.</summary>
    public string? Authority { get; set; }

    /// <summary>The audience that a token must be made out to.</summary>
    public string? Audience { get; set; }

    /// <summary>The claim that holds the caller's roles.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>
    /// Whether API keys are accepted, and count as a way to sign in. Left out: not, but in Development they are accepted from
    /// whoever has one.
    /// </summary>
    public bool? ApiKeys { get; set; }

    /// <summary>How often a gateway reads the keys anew: what is revoked on another gateway ends here within this time.</summary>
    public TimeSpan ApiKeyRefresh { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether a caller has a way to sign in that is configured.</summary>
    internal bool HasSignIn => Authority is { Length: > 0 } || ApiKeys is true;

    /// <summary>Whether a key lets anybody in.</summary>
    internal bool AcceptsKeys => ApiKeys is not false;

    /// <summary>Says outright that anybody may read; without it, and without an authority, nothing but Development starts.</summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>One line that says why the host may not start; null when it may.</summary>
    /// <param name="isDevelopment">Whether it runs on a developer's machine.</param>
    public string? FindFault(bool isDevelopment)
    {
        if (Authority is { Length: > 0 })
        {
            if (!Uri.TryCreate(Authority, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
                return $"{Section}:Authority: '{Authority}' is not the address of an issuer (https://...).";
            if (address.Scheme == "http" && !isDevelopment)
                return $"{Section}:Authority: '{Authority}' must be https outside Development.";
            if (string.IsNullOrWhiteSpace(Audience))
                return $"{Section}:Audience is missing: say which audience the tokens of {Authority} must carry.";
        }
        else if (!isDevelopment && !AllowAnonymous && ApiKeys is not true)
        {
            return $"No way to authenticate callers is configured: set {Section}:Authority and {Section}:Audience, {Section}:ApiKeys=true, or {Section}:AllowAnonymous=true to let anybody read.";
        }

        if (ApiKeyRefresh < TimeSpan.FromSeconds(1) || ApiKeyRefresh > TimeSpan.FromMinutes(1))
            return $"{Section}:{nameof(ApiKeyRefresh)}: {ApiKeyRefresh} is not between 00:00:01 and 00:01:00.";
        return string.IsNullOrWhiteSpace(RoleClaim) ? $"{Section}:RoleClaim must not be empty." : null;
    }
}
