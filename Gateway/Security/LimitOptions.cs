namespace OptiBid.Gateway.Security;

/// <summary>Section <c>Limits</c>: how much callers may ask of one gateway.</summary>
public sealed class LimitOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Limits";

    /// <summary>
    /// Open connections of users; further ones are closed at once. A snapshot of everything is some 20 MB of JSON,
    /// held for a client until it has read it or been cut off, so this times that is the worst case. The management
    /// port is not counted.
    /// </summary>
    public int Connections { get; set; } = 10_000;

    /// <summary>SignalR connections and event streams that one address may have open at once.</summary>
    public int ConnectionsPerAddress { get; set; } = 200;

    /// <summary>SignalR streams (<c>StreamPrices</c>) that one connection may have at once.</summary>
    public int StreamsPerConnection { get; set; } = 4;

    /// <summary>Ordinary calls of one caller a second, over time.</summary>
    public int RequestsPerSecond { get; set; } = 200;

    /// <summary>Ordinary calls that one caller who has been quiet may make at once.</summary>
    public int Burst { get; set; } = 1_000;

    /// <summary>Reads of history, exports, analytics and changes of alert rules of one caller a minute.</summary>
    public int ExportsPerMinute { get; set; } = 300;

    /// <summary>The same, under way at once.</summary>
    public int ConcurrentExports { get; set; } = 8;

    /// <summary>How long a client may take to send the headers of a request.</summary>
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// What is in force in Development where the configuration says nothing: everybody there comes from one address, tests
    /// and load generators too, so nobody is limited.
    /// </summary>
    public static LimitOptions ForDevelopment() => new()
    {
        ConnectionsPerAddress = 1_000_000,
        RequestsPerSecond = 1_000_000,
        Burst = 1_000_000,
        ExportsPerMinute = 1_000_000,
        ConcurrentExports = 10_000,
    };

    /// <summary>One line that says what is wrong; null when nothing is.</summary>
    public string? FindFault() =>
        Fault(nameof(Connections), Connections, 1_000_000)
        ?? Fault(nameof(ConnectionsPerAddress), ConnectionsPerAddress, 1_000_000)
        ?? Fault(nameof(StreamsPerConnection), StreamsPerConnection, 1_000)
        ?? Fault(nameof(RequestsPerSecond), RequestsPerSecond, 1_000_000)
        ?? Fault(nameof(Burst), Burst, 1_000_000)
        ?? Fault(nameof(ExportsPerMinute), ExportsPerMinute, 1_000_000)
        ?? Fault(nameof(ConcurrentExports), ConcurrentExports, 10_000)
        ?? (HeadersTimeout < TimeSpan.FromSeconds(1) || HeadersTimeout > TimeSpan.FromMinutes(2)
            ? $"{Section}:{nameof(HeadersTimeout)}: {HeadersTimeout} is not between 00:00:01 and 00:02:00."
            : null);

    private static string? Fault(string key, int value, int most) =>
        value >= 1 && value <= most ? null : $"{Section}:{key}: {value} is not between 1 and {most}.";
}
