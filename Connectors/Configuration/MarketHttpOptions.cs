namespace OptiBid.Connectors.Configuration;

/// <summary>How a market is spoken to over HTTP: <c>Connectors:&lt;ZONE&gt;:Http</c>.</summary>
public sealed class MarketHttpOptions
{
    /// <summary>Calls a minute at the most, retries included (6,000 at the most); the market's own limit where left out.</summary>
    public double? CallsPerMinute { get; set; }

    /// <summary>Retries of a call that failed for a passing reason.</summary>
    public int Retries { get; set; } = 3;

    /// <summary>First pause before a retry, seconds; it grows and is jittered, and <c>Retry-After</c> overrides it.</summary>
    public double RetrySeconds { get; set; } = 2;

    /// <summary>Time for one attempt, body included, seconds.</summary>
    public double TimeoutSeconds { get; set; } = 60;

    /// <summary>Largest body read, megabytes.</summary>
    public int BodyMegabytes { get; set; } = 128;

    /// <summary>Most that a zipped file may unpack to, megabytes.</summary>
    public int UnpackedMegabytes { get; set; } = 1024;
}
