namespace OptiBid.Connectors.Configuration;

/// <summary>How one zone's market is read: the section <c>Connectors:&lt;ZONE&gt;</c>, as named options.</summary>
public sealed class ZoneConnectorOptions
{
    /// <summary>The configuration section of all zones.</summary>
    public const string Section = "Connectors";

    /// <summary>Where prices come from.</summary>
    public FeedMode Feed { get; set; }

    /// <summary>Root of the market's interface; its public address where left out.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>ERCOT: root of the file interface. Left out: <see cref="BaseUrl"/> where that is set, else the public address.</summary>
    public string? FilesBaseUrl { get; set; }

    /// <summary>CAISO: root of the Outlook files. Left out: <see cref="BaseUrl"/> where that is set, else the public address.</summary>
    public string? OutlookBaseUrl { get; set; }

    /// <summary>ERCOT: where an access token is asked for. Left out: the public address.</summary>
    public string? TokenUrl { get; set; }

    /// <summary>Subscription key (PJM, ERCOT).</summary>
    public string? ApiKey { get; set; }

    /// <summary>User name for the token (ERCOT).</summary>
    public string? Username { get; set; }

    /// <summary>Password for the token (ERCOT).</summary>
    public string? Password { get; set; }

    /// <summary>Which of the zone's feeds are read, with or without the zone's prefix; the usual ones where left out.</summary>
    public List<string> Feeds { get; set; } = [];

    /// <summary>The locations asked for, by id (PJM, CAISO); all where left out.</summary>
    public List<string> Locations { get; set; } = [];

    /// <summary>Whether unauthenticated users may see the zone's prices; they may where left out. The gateway asks.</summary>
    public bool? Publish { get; set; }

    /// <summary>Fixed pause between polls in seconds, in place of each feed's own schedule.</summary>
    public double? PollSeconds { get; set; }

    /// <summary>Pause between two readings of what lies behind the cursor, seconds, in place of each feed's own.</summary>
    public double? RereadSeconds { get; set; }

    /// <summary>How many hours back the first read of a fresh deployment goes, in place of each feed's own reach.</summary>
    public double? LookbackHours { get; set; }

    /// <summary>Market time read again before the cursor after a start, minutes.</summary>
    public double OverlapMinutes { get; set; } = 60;

    /// <summary>How HTTP is spoken.</summary>
    public MarketHttpOptions Http { get; set; } = new();

    /// <summary>The simulated market.</summary>
    public SimulatorOptions Simulator { get; set; } = new();

    /// <summary>An environment variable that is set to nothing means the same as one that is not set.</summary>
    internal void ForgetBlanks()
    {
        BaseUrl = NotBlank(BaseUrl);
        FilesBaseUrl = NotBlank(FilesBaseUrl);
        OutlookBaseUrl = NotBlank(OutlookBaseUrl);
        TokenUrl = NotBlank(TokenUrl);
        ApiKey = NotBlank(ApiKey);
        Username = NotBlank(Username);
        Password = NotBlank(Password);
    }

    private static string? NotBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
