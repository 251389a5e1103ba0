namespace OptiBid.Connectors.Credentials;

/// <summary>Credentials were to be set that no market can be called with. Nothing was stored.</summary>
/// <param name="part">The part that is wrong, as in <see cref="Configuration.MarketCredentials"/>; null where it is the whole.</param>
/// <param name="message">What is wrong; never the value.</param>
public sealed class CredentialsRefusedException(string? part, string message) : Exception(message)
{
    /// <summary>The part that is wrong; null where it is the whole.</summary>
    public string? Part { get; } = part;
}
