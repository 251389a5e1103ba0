using System.Collections.Concurrent;
using OptiBid.History;

namespace OptiBid.Gateway.Tests.Fakes;

/// <summary>API keys over a dictionary, which can be taken away and given back, and may be shared by gateways.</summary>
internal sealed class MemoryKeys : IApiKeys
{
    private readonly ConcurrentDictionary<string, ApiKey> _keys = new();

    public volatile bool IsAway;

    /// <summary>How often it was read.</summary>
    public int Reads;

    /// <summary>How often uses were written.</summary>
    public int Writes;

    public IReadOnlyCollection<ApiKey> Keys => [.. _keys.Values];

    public Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref Reads);
        CheckThere();
        return Task.FromResult<IReadOnlyList<ApiKey>>([.. _keys.Values.OrderByDescending(key => key.CreatedAt).ThenBy(key => key.Id, StringComparer.Ordinal)]);
    }

    public Task AddAsync(ApiKey key, CancellationToken cancellationToken = default)
    {
        CheckThere();
        Assert.True(_keys.TryAdd(key.Id, key));
        return Task.CompletedTask;
    }

    public Task<bool> RotateAsync(string id, ReadOnlyMemory<byte> hash, DateTimeOffset at, DateTimeOffset previousUntil, CancellationToken cancellationToken = default) =>
        Change(id, key => key.RevokedAt is null && !(key.ExpiresAt <= at), key => key with { PreviousHash = key.Hash, PreviousUntil = previousUntil, Hash = hash.ToArray(), RotatedAt = at });

    public Task<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        Change(id, key => key.RevokedAt is null, key => key with { RevokedAt = at });

    public async Task NoteUsesAsync(IReadOnlyCollection<ApiKeyUse> uses, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref Writes);
        CheckThere();
        foreach (var use in uses) await Change(use.Id, key => !(key.LastUsedAt >= use.At), key => key with { LastUsedAt = use.At, LastUsedFrom = use.Address });
    }

    private Task<bool> Change(string id, Predicate<ApiKey> may, Func<ApiKey, ApiKey> change)
    {
        CheckThere();
        return Task.FromResult(_keys.TryGetValue(id, out var key) && may(key) && _keys.TryUpdate(id, change(key), key));
    }

    private void CheckThere()
    {
        if (IsAway) throw new HistoryUnavailableException("connection to db-host.internal as user optibid refused", new IOException());
    }
}
