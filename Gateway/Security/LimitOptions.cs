namespace OptiBid.Gateway.Security;

/// <summary>Section <c>Limits</c>: how much callers may ask of one gateway at once.</summary>
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

    /// <summary>SignalR streams (<c>StreamPrices</c>) that one connection may have at once.</summary>
    public int StreamsPerConnection { get; set; } = 4;

    /// <summary>One line that says what is wrong; null when nothing is.</summary>
    public string? FindFault() =>
        Connections is < 1 or > 1_000_000 ? $"{Section}:Connections: {Connections} is not between 1 and 1000000."
        : StreamsPerConnection is < 1 or > 1_000 ? $"{Section}:StreamsPerConnection: {StreamsPerConnection} is not between 1 and 1000."
        : null;
}
