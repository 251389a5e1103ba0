using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OptiBid.Connectors.Configuration;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Connectors.Credentials;

/// <summary>
/// The credentials in force: what the vault holds, and the configuration for the rest. They are held in memory, read at the
/// start, when told and every minute, so a rotation reaches a running connector with its next call.
/// </summary>
internal sealed partial class StoredCredentials(
    ConfiguredCredentials configured, IProtectedValues values, KeyRing ring, TimeProvider clock, ILogger<StoredCredentials> logger)
    : BackgroundService, IMarketCredentials, ICredentialUsers
{
    private readonly PeriodicTimer _timer = new(TimeSpan.FromMinutes(1), clock);
    private readonly SemaphoreSlim _refreshing = new(1);
    private volatile FrozenDictionary<MarketZone, Held> _held = FrozenDictionary<MarketZone, Held>.Empty;
    private bool _isAway;

    public MarketCredentials Get(MarketZone zone)
    {
        var own = configured.Get(zone);
        return _held.GetValueOrDefault(zone)?.Credentials is { } stored
            ? new(stored.ApiKey ?? own.ApiKey, stored.Username ?? own.Username, stored.Password ?? own.Password)
            : own;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            var next = await ReadAsync(cancellationToken);
            foreach (var zone in _held.Keys.Where(zone => !next.ContainsKey(zone))) Removed(zone);
            _held = next.ToFrozenDictionary();
            if (_isAway) Back();
            _isAway = false;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever the store has: the markets go on being called with what is known.
            if (!_isAway) Away(error.Message);
            _isAway = true;
        }
        finally
        {
            _refreshing.Release();
        }
    }

    public Task<CredentialParts?> ConfiguredAsync(MarketZone zone, CancellationToken cancellationToken) =>
        Task.FromResult<CredentialParts?>(configured.Get(zone).Parts());

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _timer.WaitForNextTickAsync(stoppingToken)) await RefreshAsync(stoppingToken);
    }

    private async Task<Dictionary<MarketZone, Held>> ReadAsync(CancellationToken cancellationToken)
    {
        var next = new Dictionary<MarketZone, Held>();
        var unopened = new List<(MarketZone Zone, ProtectedValue Value)>();
        foreach (var value in await values.ListAsync(SealedCredentials.Prefix, cancellationToken))
        {
            if (SealedCredentials.ZoneOf(value.Name) is not { } zone) continue;
            if (_held.GetValueOrDefault(zone) is { Credentials: not null } held && held.Version == value.Version) next[zone] = held;
            else unopened.Add((zone, value));
        }

        if (unopened.Count > 0) await OpenAsync(unopened, next, cancellationToken);
        return next;
    }

    /// <summary>What cannot be decrypted is tried again each time, for its key may come back, and told once.</summary>
    private async Task OpenAsync(List<(MarketZone Zone, ProtectedValue Value)> unopened, Dictionary<MarketZone, Held> into, CancellationToken cancellationToken)
    {
        try
        {
            await using var open = await ring.OpenAsync(cancellationToken);
            foreach (var (zone, value) in unopened) into[zone] = Open(zone, value, open);
        }
        catch (KeyRingException error)
        {
            foreach (var (zone, value) in unopened) into[zone] = Closed(zone, value, error.Message);
        }
    }

    private Held Open(MarketZone zone, ProtectedValue value, OpenKeyRing open)
    {
        try
        {
            var stored = SealedCredentials.Read(value.Payload);
            var credentials = SealedCredentials.FromPlain(open.Unprotect(zone, stored.Secret));
            InForce(zone, credentials.ToString(), stored.SetBy, stored.SetAt);
            return new(value.Version, credentials);
        }
        catch (Exception error) when (error is CryptographicException or JsonException)
        {
            return Closed(zone, value, error is JsonException ? "They are damaged." : error.Message);
        }
    }

    private Held Closed(MarketZone zone, ProtectedValue value, string reason)
    {
        if (_held.GetValueOrDefault(zone)?.Version != value.Version) Unreadable(zone, value.UpdatedAt, ring.Place, reason);
        return new(value.Version, null);
    }

    /// <summary>A zone's stored credentials; none where they cannot be decrypted.</summary>
    private sealed record Held(long Version, MarketCredentials? Credentials);
}
