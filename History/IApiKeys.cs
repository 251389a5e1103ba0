namespace OptiBid.History;

/// <summary>
/// The API keys there are, without their secrets: a store knows a secret's SHA-256 alone. Every method throws
/// <see cref="HistoryUnavailableException"/> when the store cannot be reached.
/// </summary>
public interface IApiKeys
{
    /// <summary>Every key, the newest first; revoked ones too.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds a key.</summary>
    /// <exception cref="HistoryRejectedException">The store has its id already, or it has no role, or a name that is not text a store can hold.</exception>
    Task AddAsync(ApiKey key, CancellationToken cancellationToken = default);

    /// <summary>Gives a key another secret. The one it had goes on for a while; one from before that ends.</summary>
    /// <param name="id">The key.</param>
    /// <param name="hash">SHA-256 of the new key text.</param>
    /// <param name="at">Now.</param>
    /// <param name="previousUntil">The end of the secret it had.</param>
    /// <param name="cancellationToken">Gives the write up; whether it took place is then unknown.</param>
    /// <returns>False when no key of this id is in force.</returns>
    Task<bool> RotateAsync(string id, ReadOnlyMemory<byte> hash, DateTimeOffset at, DateTimeOffset previousUntil, CancellationToken cancellationToken = default);

    /// <summary>Ends a key for good.</summary>
    /// <returns>False when there is none of this id, or it was revoked before.</returns>
    Task<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Notes when keys were used last. An older use than the one known changes nothing; so does a key that is not there.</summary>
    Task NoteUsesAsync(IReadOnlyCollection<ApiKeyUse> uses, CancellationToken cancellationToken = default);
}

/// <summary>A use of a key.</summary>
/// <param name="Id">The key.</param>
/// <param name="At">When.</param>
/// <param name="Address">From which network address, as text; null where there is none.</param>
public readonly record struct ApiKeyUse(string Id, DateTimeOffset At, string? Address);
