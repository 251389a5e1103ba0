namespace OptiBid.Gateway.Caching;

/// <summary>What the cache did for a call, as the header Cache-Status says it (RFC 9211).</summary>
internal static class CacheStatus
{
    private const string Cache = "OptiBid";

    public static string Of(CacheOutcome outcome, bool isKept) => outcome switch
    {
        CacheOutcome.Hit => $"{Cache}; hit",
        CacheOutcome.Collapsed => $"{Cache}; fwd=miss; collapsed",
        CacheOutcome.Bypass => $"{Cache}; fwd=bypass",
        _ => $"{Cache}; fwd={(outcome == CacheOutcome.Stale ? "stale" : "miss")}{(isKept ? "; stored" : "")}",
    };
}
