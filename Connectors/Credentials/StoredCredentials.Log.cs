using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Credentials;

internal sealed partial class StoredCredentials
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Zone} credentials that {SetBy} set at {SetAt:u} are in force: {Parts}")]
    private partial void InForce(MarketZone zone, string parts, string setBy, DateTimeOffset setAt);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Zone} credentials are no longer stored; the configured ones are in force")]
    private partial void Removed(MarketZone zone);

    [LoggerMessage(Level = LogLevel.Error, Message =
        "{Zone} credentials stored at {StoredAt:u} cannot be decrypted with the keys in {KeyRing}; the configured ones are used until these are set again or the key is back. {Reason}")]
    private partial void Unreadable(MarketZone zone, DateTimeOffset storedAt, string keyRing, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stored market credentials cannot be read; the last known ones are used meanwhile. {Reason}")]
    private partial void Away(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stored market credentials can be read again")]
    private partial void Back();
}
