namespace OptiBid.History;

/// <summary>
/// A small store of opaque values by name, for what its callers have encrypted: market credentials, the keys of Data
/// Protection. It knows nothing of encryption: it neither encrypts nor checks that anybody has, and keeps the bytes it
/// is given as they are. Whoever reads the database or its backups reads these bytes.
/// </summary>
/// <remarks>
/// Names are compared byte by byte; 1 to <see cref="NameLength"/> UTF-16 characters of text a store can hold, else
/// <see cref="HistoryRejectedException"/>. Every method throws <see cref="HistoryUnavailableException"/> when the store
/// cannot be reached. A write takes the place of a whole value, and no version is ever given twice to one name, also not
/// after the value was deleted.
/// </remarks>
public interface IProtectedValues
{
    /// <summary>Longest name, in UTF-16 characters.</summary>
    const int NameLength = 200;

    /// <summary>The value with its version; null when there is none.</summary>
    Task<ProtectedValue?> FindAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>The value alone; null when there is none.</summary>
    async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken = default) =>
        (await FindAsync(name, cancellationToken))?.Payload;

    /// <summary>Writes a value.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="payload">The bytes.</param>
    /// <param name="expectedVersion">
    /// The version that was read and is to be replaced; 0 for a value that must not exist yet; null to write over
    /// whatever is there.
    /// </param>
    /// <param name="cancellationToken">Gives the write up; whether it took place is then unknown.</param>
    /// <returns>The value's new version, greater than any before.</returns>
    /// <exception cref="ProtectedValueConflictException">The stored version is another; nothing was written.</exception>
    Task<long> WriteAsync(string name, ReadOnlyMemory<byte> payload, long? expectedVersion = null, CancellationToken cancellationToken = default);

    /// <summary>Removes a value.</summary>
    /// <returns>False when there was none.</returns>
    Task<bool> DeleteAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>All values whose name begins with a text, taken literally, by name; all there are for the empty text.</summary>
    Task<IReadOnlyList<ProtectedValue>> ListAsync(string prefix, CancellationToken cancellationToken = default);
}

/// <summary>A stored value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Payload">The bytes as they were given.</param>
/// <param name="Version">Names this state of it; at least 1.</param>
/// <param name="UpdatedAt">When it was written, UTC.</param>
public sealed record ProtectedValue(string Name, byte[] Payload, long Version, DateTimeOffset UpdatedAt);
