namespace OptiBid.Gateway.Management;

/// <summary>Section <c>Management</c>: where metrics and health are served.</summary>
public sealed class ManagementOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Management";

    /// <summary>
    /// A port of its own for <c>/metrics</c> and <c>/health</c>, served there without a token and, metrics, nowhere
    /// else: keep it inside. Left out, metrics are on the port of the users, for operators.
    /// </summary>
    public int? Port { get; set; }

    /// <summary>One line that says what is wrong; null when nothing is.</summary>
    /// <param name="urls">Where the users' port is, as in <c>Urls</c>.</param>
    public string? FindFault(string? urls)
    {
        if (Port is null) return null;
        if (Port is < 1 or > 65535) return $"{Section}:Port: {Port} is not a port.";
        return (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Any(url => BindingAddress.Parse(url).Port == Port)
            ? $"{Section}:Port: {Port} is the port of the users too (Urls: {urls}); give it one of its own."
            : null;
    }
}
