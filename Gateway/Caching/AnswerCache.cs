using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Options;
using OptiBid.Gateway.Live.Feeds;
using OptiBid.Gateway.Locations;

namespace OptiBid.Gateway.Caching;

/// <summary>
/// Answers of the history, each read once and given to all who ask for the same until something it is made of has changed.
/// </summary>
/// <remarks>
/// An answer is given to a caller if its reading began after he asked, or if this gateway has not been told of any change to
/// it since it began (<see cref="HistoryChanges"/>). An answer that is neither is read anew at once. Calls that fail are not
/// kept, and equal calls at the same time read once: the one who leaves early takes nothing from the others.
/// </remarks>
internal sealed class AnswerCache
{
    private const HybridCacheEntryFlags Anew = HybridCacheEntryFlags.DisableLocalCacheRead | HybridCacheEntryFlags.DisableDistributedCacheRead;
    private const int Attempts = 3;

    /// <summary>Answers that reach into so much of the past are short-lived.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(48);

    private readonly AnswerStore _store;
    private readonly HistoryChanges _changes;
    private readonly LiveFeedSubscriber _feeds;
    private readonly CacheOptions _options;
    private readonly JsonSerializerOptions _json;
    private readonly CacheInstruments _instruments;
    private readonly TimeProvider _clock;
    private long _order;

    public AnswerCache(
        AnswerStore store, HistoryChanges changes, LiveFeedSubscriber feeds, LocationCatalog catalog, IOptions<CacheOptions> options, IOptions<JsonOptions> json,
        CacheInstruments instruments, TimeProvider clock)
    {
        (_store, _changes, _feeds, _options, _json, _instruments, _clock) = (store, changes, feeds, options.Value, json.Value.SerializerOptions, instruments, clock);

        // Names of places stand in the answers too.
        catalog.Changed += changes.Forget;
    }

    /// <summary>True when this gateway hears of every change, so that what is kept can be trusted.</summary>
    private bool IsInTouch => _feeds.SeesCluster && _feeds.Links is var (up, active) && up == active && _changes.HearsAll;

    /// <summary>The answer, kept or read.</summary>
    /// <param name="key">What it is kept under.</param>
    /// <param name="scope">What it is made of.</param>
    /// <param name="read">Reads it. It may go on after this caller's request is over, for others who wait for it.</param>
    /// <param name="cancellationToken">Ends this caller's waiting.</param>
    public async Task<IResult> AnswerAsync(string key, HistoryScope scope, Func<CancellationToken, Task<IResult>> read, CancellationToken cancellationToken)
    {
        var asked = Interlocked.Increment(ref _order);
        if (!_options.Enabled || !IsInTouch) return await PastCacheAsync(read, CacheOutcome.Bypass, cancellationToken);

        var began = _changes.Begin();
        var lifetime = began.At - scope.End < Recent ? _options.RecentLifetime : _options.Lifetime;
        var outcome = CacheOutcome.Miss;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var reading = Reading(read);
            if (await GetAsync(key, reading, lifetime, attempt > 0, cancellationToken) is not { } answer) continue;
            if (reading.HasBegun) return Result(answer, outcome);
            if (IsGood(answer, began, scope, lifetime)) return Result(answer, answer.Completed > asked ? CacheOutcome.Collapsed : CacheOutcome.Hit);
            outcome = CacheOutcome.Stale;
        }

        return await PastCacheAsync(read, outcome, cancellationToken);
    }

    /// <summary>An answer from the cache, from a reading of somebody else's or from this one; null if somebody else's was broken off.</summary>
    private async Task<KeptAnswer?> GetAsync(string key, AnswerReading reading, TimeSpan lifetime, bool anew, CancellationToken cancellationToken)
    {
        var entry = new HybridCacheEntryOptions { Expiration = lifetime, LocalCacheExpiration = lifetime, Flags = anew ? Anew : HybridCacheEntryFlags.None };
        try
        {
            return await _store.Cache.GetOrCreateAsync(
                key, (reading, most: _options.MaxAnswerBytes), static (state, token) => state.reading.RunToKeepAsync(state.most, token), entry, cancellationToken: cancellationToken);
        }
        catch (AnswerTooLargeException large)
        {
            return large.Answer;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Its callers had all left when this one joined them.
            return null;
        }
    }

    private bool IsGood(KeptAnswer answer, ReadingStart asked, HistoryScope scope, TimeSpan lifetime) =>
        _clock.GetUtcNow() - answer.Reading.At < lifetime
        && (answer.Reading.Gateway == asked.Gateway && answer.Reading.Number >= asked.Number || _changes.Holds(answer.Reading, scope));

    private async Task<IResult> PastCacheAsync(Func<CancellationToken, Task<IResult>> read, CacheOutcome outcome, CancellationToken cancellationToken) =>
        Result(await Reading(read).RunAsync(cancellationToken), outcome, mayBeKept: false);

    private AnswerReading Reading(Func<CancellationToken, Task<IResult>> read) => new(read, _changes, _json, () => Interlocked.Increment(ref _order));

    private AnswerResult Result(KeptAnswer answer, CacheOutcome outcome, bool mayBeKept = true)
    {
        _instruments.Answered(outcome, answer.Body.Length);
        var isKept = mayBeKept && answer.Body.Length <= _options.MaxAnswerBytes;
        return new AnswerResult(answer.Body, answer.Tag)
        {
            CacheStatus = CacheStatus.Of(outcome, isKept),
            Age = outcome == CacheOutcome.Hit ? _clock.GetUtcNow() - answer.Reading.At : null,
        };
    }
}
