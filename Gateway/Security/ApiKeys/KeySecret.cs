using System.Security.Claims;
using System.Security.Cryptography;
using OptiBid.History;

namespace OptiBid.Gateway.Security.ApiKeys;

/// <summary>A key text that lets somebody in, for as long as it does: a key has two of them while it is being rotated.</summary>
internal sealed class KeySecret
{
    private readonly CancellationTokenSource _ended = new();
    private readonly byte[] _hash;
    private long _endTicks;

    public KeySecret(ApiKey key, byte[] hash, DateTimeOffset? end, string roleClaim)
    {
        (Key, _hash, End) = (key, hash, end);
        Principal = new(new KeyIdentity(this, roleClaim));
    }

    public ApiKey Key { get; }

    /// <summary>Who calls with it; one for all calls.</summary>
    public ClaimsPrincipal Principal { get; }

    /// <summary>Cancelled once it lets nobody in any more, for answers that would outlive it.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>When it ends by itself; null: never.</summary>
    public DateTimeOffset? End
    {
        get => Volatile.Read(ref _endTicks) is > 0 and var ticks ? new(ticks, TimeSpan.Zero) : null;
        set => Volatile.Write(ref _endTicks, value?.UtcTicks ?? 0);
    }

    /// <summary>True for the secret of this hash. Takes as long whatever the hash.</summary>
    public bool Matches(ReadOnlySpan<byte> hash) => CryptographicOperations.FixedTimeEquals(_hash, hash);

    public bool IsInForce(DateTimeOffset now) => !_ended.IsCancellationRequested && (End is not { } end || now < end);

    /// <summary>Ends it, and what goes on in its name.</summary>
    public void Stop() => _ = _ended.CancelAsync();
}
