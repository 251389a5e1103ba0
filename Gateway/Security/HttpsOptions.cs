namespace OptiBid.Gateway.Security;

/// <summary>Section <c>Https</c>: whether browsers are sent to HTTPS and kept there. Off, because TLS often ends before the gateway.</summary>
public sealed class HttpsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Https";

    /// <summary>Whether plain requests of users are redirected.</summary>
    public bool Redirect { get; set; }

    /// <summary>The port users reach HTTPS by.</summary>
    public int Port { get; set; } = 443;

    /// <summary>Whether answers over HTTPS tell browsers to come by HTTPS alone from now on (RFC 6797).</summary>
    public bool Hsts { get; set; }

    /// <summary>For how long they shall.</summary>
    public TimeSpan HstsMaxAge { get; set; } = TimeSpan.FromDays(30);

    /// <summary>One line that says what is wrong; null when nothing is.</summary>
    public string? FindFault() =>
        Port is < 1 or > 65535 ? $"{Section}:{nameof(Port)}: {Port} is not a port."
        : HstsMaxAge < TimeSpan.Zero || HstsMaxAge > TimeSpan.FromDays(3_650) ? $"{Section}:{nameof(HstsMaxAge)}: {HstsMaxAge} is not between 0 and ten years."
        : null;
}
