using System.Security.Cryptography;
using System.Text.Json;
using OptiBid.Connectors.Configuration;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Connectors.Credentials;

/// <summary>
/// The market credentials that administrators set at run time: encrypted here, stored with the history, decrypted by the
/// silos that call the markets. It hands out none.
/// </summary>
public sealed class CredentialVault
{
    private const int LongestActor = 200;

    private readonly IProtectedValues _values;
    private readonly KeyRing _ring;
    private readonly ConfiguredCredentials _configured;
    private readonly IReadOnlyList<ICredentialListener> _listeners;
    private readonly TimeProvider _clock;

    internal CredentialVault(IProtectedValues values, KeyRing ring, ConfiguredCredentials configured, IEnumerable<ICredentialListener> listeners, TimeProvider clock) =>
        (_values, _ring, _configured, _listeners, _clock) = (values, ring, configured, [.. listeners], clock);

    /// <summary>Puts a zone's credentials in place of those the vault held. A blank part means the configured one.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="credentials">At least one part.</param>
    /// <param name="actor">Who sets them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CredentialsRefusedException">They cannot be used; nothing was stored.</exception>
    /// <exception cref="KeyRingException">There are no keys to encrypt them with; nothing was stored.</exception>
    /// <exception cref="ProtectedValueConflictException">Somebody else changed the zone's at the same moment; nothing was stored.</exception>
    /// <exception cref="HistoryUnavailableException">The store is away.</exception>
    public async Task SetAsync(MarketZone zone, MarketCredentials credentials, string actor, CancellationToken cancellationToken = default)
    {
        var normal = CredentialCheck.Normal(credentials);
        var name = SealedCredentials.NameOf(zone);
        var replaced = await _values.FindAsync(name, cancellationToken);
        var secret = await _ring.ProtectAsync(zone, SealedCredentials.Plain(normal), cancellationToken);
        var stored = new SealedCredentials(OneLine(actor), _clock.GetUtcNow(), [.. PartsOf(normal)], secret);
        _ = await _values.WriteAsync(name, stored.Write(), replaced?.Version ?? 0, cancellationToken);
        await TellAsync(cancellationToken);
    }

    /// <summary>Removes what the vault holds of a zone: the configured credentials count again.</summary>
    /// <returns>False when it held nothing.</returns>
    /// <exception cref="HistoryUnavailableException">The store is away.</exception>
    public async Task<bool> RemoveAsync(MarketZone zone, CancellationToken cancellationToken = default)
    {
        var wasThere = await _values.DeleteAsync(SealedCredentials.NameOf(zone), cancellationToken);
        await TellAsync(cancellationToken);
        return wasThere;
    }

    /// <summary>Which parts of a zone's credentials are set, where, by whom and when; never their values.</summary>
    /// <exception cref="HistoryUnavailableException">The store is away.</exception>
    public async Task<CredentialDescription> DescribeAsync(MarketZone zone, CancellationToken cancellationToken = default)
    {
        var configured = _configured.Get(zone);
        var stored = await _values.FindAsync(SealedCredentials.NameOf(zone), cancellationToken);
        var (held, isReadable) = stored is null ? (null, true) : await OpenAsync(zone, stored.Payload, cancellationToken);
        return new(
            zone,
            Source(nameof(configured.ApiKey), configured.ApiKey),
            Source(nameof(configured.Username), configured.Username),
            Source(nameof(configured.Password), configured.Password),
            held?.SetBy, held?.SetAt ?? stored?.UpdatedAt, isReadable);

        CredentialSource Source(string part, string? own) =>
            held?.Parts.Contains(part) == true ? CredentialSource.Vault
            : own is not null ? CredentialSource.Configuration
            : CredentialSource.None;
    }

    private async Task<(SealedCredentials? Held, bool IsReadable)> OpenAsync(MarketZone zone, byte[] payload, CancellationToken cancellationToken)
    {
        SealedCredentials? held = null;
        try
        {
            held = SealedCredentials.Read(payload);
            _ = await _ring.UnprotectAsync(zone, held.Secret, cancellationToken);
            return (held, true);
        }
        catch (Exception error) when (error is JsonException or CryptographicException or KeyRingException)
        {
            return (held, false);
        }
    }

    private Task TellAsync(CancellationToken cancellationToken) => Task.WhenAll(_listeners.Select(listener => listener.RefreshAsync(cancellationToken)));

    private static IEnumerable<string> PartsOf(MarketCredentials credentials)
    {
        if (credentials.ApiKey is not null) yield return nameof(credentials.ApiKey);
        if (credentials.Username is not null) yield return nameof(credentials.Username);
        if (credentials.Password is not null) yield return nameof(credentials.Password);
    }

    /// <summary>A name comes from a token and goes into logs: no line breaks, and an end.</summary>
    private static string OneLine(string actor) =>
        string.Concat(actor.Take(LongestActor).Select(static letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter));
}
