using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace OptiBid.Gateway.Security;

/// <summary>What a request may cost before anybody has looked at it.</summary>
internal static class RequestLimits
{
    /// <summary>Largest request body, bytes.</summary>
    public const int MaxBodyBytes = 1024 * 1024;

    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
    }
}
