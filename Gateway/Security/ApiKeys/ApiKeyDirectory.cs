using System.Collections.Frozen;
using OptiBid.History;
using OptiBid.History.ApiKeys;

namespace OptiBid.Gateway.Security.ApiKeys;

/// <summary>
/// The keys in memory, by which callers are let in: no call asks the store. <see cref="ApiKeyRefresh"/> reads them anew every
/// few seconds, so what is revoked anywhere ends here within that time; while the store is away the gateway goes on with what
/// it has. A key that nobody knows may have been made on another gateway a moment ago, so it makes the directory be read at
/// once, but no more than once a second, however many strangers knock.
/// </summary>
internal sealed partial class ApiKeyDirectory(IApiKeys store, SecurityOptions options, TimeProvider clock, ILogger<ApiKeyDirectory> log) : IDisposable
{
    private static readonly TimeSpan EarlyGap = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EarlyPatience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _loading = new(1);
    private readonly Lock _gate = new();
    private volatile FrozenDictionary<string, KeySecret[]>? _known;
    private Task<bool>? _early;
    private long? _earlyAt;
    private bool _isAway;

    /// <summary>False until the store has been read once.</summary>
    public bool IsLoaded => _known is not null;

    /// <summary>The secret in force that a key text is; null when it is none.</summary>
    public async ValueTask<KeySecret?> FindAsync(ApiKeyText key, CancellationToken cancellationToken)
    {
        var hash = key.Hash();
        if (Find(key.Id, hash) is { } known) return known;
        if (LoadEarly() is not { } loading) return null;
        try
        {
            _ = await loading.WaitAsync(EarlyPatience, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The store takes its time; the key counts once it has answered.
        }

        return Find(key.Id, hash);
    }

    /// <summary>Reads the store, and ends what is no longer in force.</summary>
    /// <returns>False when the store did not answer; what was known stays.</returns>
    public async Task<bool> TryLoadAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            Take(await store.ListAsync(cancellationToken));
            if (_isAway) LogBack();
            _isAway = false;
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever keeps the store from answering, callers whose keys are known are let in.
            if (!_isAway) LogAway(error.Message);
            _isAway = true;
            StopExpired();
            return false;
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();

    private KeySecret? Find(string id, byte[] hash)
    {
        if (_known is not { } known || !known.TryGetValue(id, out var secrets)) return null;
        var now = clock.GetUtcNow();
        KeySecret? found = null;
        foreach (var secret in secrets)
        {
            if (secret.Matches(hash) && secret.IsInForce(now)) found = secret;
        }

        return found;
    }

    private Task<bool>? LoadEarly()
    {
        lock (_gate)
        {
            if (_early is { IsCompleted: false }) return _early;
            if (_earlyAt is { } last && clock.GetElapsedTime(last) < EarlyGap) return null;
            _earlyAt = clock.GetTimestamp();
            return _early = TryLoadAsync(CancellationToken.None);
        }
    }

    private void Take(IReadOnlyList<ApiKey> keys)
    {
        var before = _known ?? FrozenDictionary<string, KeySecret[]>.Empty;
        var now = clock.GetUtcNow();
        _known = keys.Where(static key => key.RevokedAt is null).ToFrozenDictionary(
            static key => key.Id,
            key => Secrets(key, before.GetValueOrDefault(key.Id) ?? []).Where(secret => secret.IsInForce(now)).ToArray());
        foreach (var gone in before.Values.SelectMany(static secrets => secrets).Except(_known.Values.SelectMany(static secrets => secrets))) gone.Stop();
    }

    private IEnumerable<KeySecret> Secrets(ApiKey key, KeySecret[] before)
    {
        yield return Secret(key.Hash, key.ExpiresAt);
        if (key.PreviousHash is { } previous) yield return Secret(previous, key.ExpiresAt < key.PreviousUntil ? key.ExpiresAt : key.PreviousUntil ?? DateTimeOffset.MinValue);

        // A secret that goes on stays the same one, so that streams in its name go on too.
        KeySecret Secret(byte[] hash, DateTimeOffset? end)
        {
            var known = Array.Find(before, secret => secret.Matches(hash) && secret.Key.Roles.SequenceEqual(key.Roles) && (secret.Key.Zones ?? []).SequenceEqual(key.Zones ?? []) && secret.Key.Zones is null == key.Zones is null);
            if (known is null) return new(key, hash, end, options.RoleClaim);
            known.End = end;
            return known;
        }
    }

    private void StopExpired()
    {
        var now = clock.GetUtcNow();
        foreach (var secret in (_known?.Values ?? []).SelectMany(static secrets => secrets).Where(secret => !secret.IsInForce(now))) secret.Stop();
    }

    [LoggerMessage(LogLevel.Warning, "API keys cannot be read; the gateway goes on with those it knows. {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Information, "API keys are read again.")]
    private partial void LogBack();
}
