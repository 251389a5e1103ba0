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
    private readonly ICredentialUsers _silos;
    private readonly TimeProvider _clock;

    internal CredentialVault(IProtectedValues values, KeyRing ring, ICredentialUsers silos, TimeProvider clock) =>
        (_values, _ring, _silos, _clock) = (values, ring, silos, clock);

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
        var stored = new SealedCredentials(OneLine(actor), _clock.GetUtcNow(), normal.Parts(), secret);
        _ = await _values.WriteAsync(name, stored.Write(), replaced?.Version ?? 0, cancellationToken);
        await _silos.RefreshAsync(cancellationToken);
    }

    /// <summary>Removes what the vault holds of a zone: the configured credentials count again.</summary>
    /// <returns>False when it held nothing.</returns>
    /// <exception cref="HistoryUnavailableException">The store is away.</exception>
    public async Task<bool> RemoveAsync(MarketZone zone, CancellationToken cancellationToken = default)
    {
        var wasThere = await _values.DeleteAsync(SealedCredentials.NameOf(zone), cancellationToken);
        await _silos.RefreshAsync(cancellationToken);
        return wasThere;
    }

    /// <summary>Which parts of a zone's credentials are set, where, by whom and when; never their values.</summary>
    /// <exception cref="HistoryUnavailableException">The store is away.</exception>
    public async Task<CredentialDescription> DescribeAsync(MarketZone zone, CancellationToken cancellationToken = default)
    {
        var stored = await _values.FindAsync(SealedCredentials.NameOf(zone), cancellationToken);
        var (held, isReadable) = stored is null ? (null, true) : await OpenAsync(zone, stored.Payload, cancellationToken);
        var configured = await _silos.ConfiguredAsync(zone, cancellationToken);
        return new(
            zone, Source(CredentialParts.ApiKey), Source(CredentialParts.Username), Source(CredentialParts.Password),
            held?.SetBy, held?.SetAt ?? stored?.UpdatedAt, isReadable);

        CredentialSource Source(CredentialParts part) =>
            held?.Parts.HasFlag(part) == true ? CredentialSource.Vault
            : configured is null ? CredentialSource.Unknown
            : configured.Value.HasFlag(part) ? CredentialSource.Configuration
            : CredentialSource.None;
    }

    private async Task<(SealedCredentials? Held, bool IsReadable)> OpenAsync(MarketZone zone, byte[] payload, CancellationToken cancellationToken)
    {
        SealedCredentials? held = null;
        try
        {
            held = SealedCredentials.Read(payload);
            await using var ring = await _ring.OpenAsync(cancellationToken);
            _ = ring.Unprotect(zone, held.Secret);
            return (held, true);
        }
        catch (Exception error) when (error is JsonException or CryptographicException or KeyRingException)
        {
            return (held, false);
        }
    }

    /// <summary>A name comes from a token and goes into logs: no line breaks, and an end.</summary>
    private static string OneLine(string actor) =>
        string.Concat(actor.Take(LongestActor).Select(static letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter));
}
