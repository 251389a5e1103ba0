namespace OptiBid.History;

/// <summary>
/// Grain state kept beside the embedded history, for a process that runs its only silo on it. Optimistic: a write
/// or clear names the ETag it read, null for a first write.
/// </summary>
public interface IGrainStateTable
{
    /// <summary>The stored state, or null when there is none.</summary>
    Task<GrainStateRow?> ReadAsync(string grainType, string grainId, CancellationToken cancellationToken = default);

    /// <summary>Writes a state over the one with <paramref name="etag"/>; null for a state that must not exist yet.</summary>
    /// <returns>The new ETag; null when the stored ETag is another, and then nothing was written.</returns>
    Task<string?> WriteAsync(
        string grainType, string grainId, ReadOnlyMemory<byte> payload, string? etag, CancellationToken cancellationToken = default);

    /// <summary>Removes the state with <paramref name="etag"/>.</summary>
    /// <returns>False when the stored ETag is another, and then nothing was removed. A state that is not there counts as removed.</returns>
    Task<bool> ClearAsync(string grainType, string grainId, string? etag, CancellationToken cancellationToken = default);
}

/// <summary>A stored grain state.</summary>
/// <param name="Payload">The state in the caller's own form.</param>
/// <param name="ETag">Names this version of it.</param>
public sealed record GrainStateRow(byte[] Payload, string ETag);
