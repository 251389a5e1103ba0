using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Zones.Backfills;
using OptiBid.Connectors.Zones.Fetching;
using OptiBid.Connectors.Zones.Fundamentals;
using OptiBid.Connectors.Zones.Holes;
using OptiBid.Grains.Interfaces;
using OptiBid.History;
using Orleans.Storage;
using Orleans.Streams;

namespace OptiBid.Connectors.Zones;

/// <summary>
/// Reads one market for the whole cluster. Each feed is polled by a loop of its own, so that a slow or broken feed
/// holds up neither another feed nor a question about its status.
/// </summary>
/// <remarks>
/// The loops run on the activation's scheduler but in no request: a grain timer's turn is one, and deactivation waits for
/// requests to end before it cancels anything, so a market that does not answer would hold up a silo that shuts down.
/// <para/>
/// Ticks are published to the zone's topic and the cursor is saved once they are acknowledged, so a crash between
/// the two reads them again; publishing again what is already there changes nothing downstream. On activation, and
/// now and then after it, each feed reads again behind its cursor, for what the market has corrected or added meanwhile.
/// <para/>
/// Load and generation are read before the first prices, which are published with what was known of them; after a while
/// prices wait no longer. Backfills and the filling of holes use feeds of their own whose calls give way to the others.
/// </remarks>
[KeepAlive]
internal sealed partial class ZoneConnectorGrain(
    [PersistentState("cursors", ZoneConnectorGrain.StorageName)] IPersistentState<ConnectorCursors> cursors,
    IMarketFeedCatalog catalog,
    IOptionsMonitor<ZoneConnectorOptions> options,
    ILocationDirectory directory,
    IIntervalCounts counts,
    IngestionRecorder ingestions,
    TimeProvider clock,
    ConnectorMeters meters,
    ILoggerFactory loggers,
    ILogger<ZoneConnectorGrain> logger) : Grain, IZoneConnectorGrain, IRemindable, IPricePublisher
{
    /// <summary>The grain storage that keeps the cursors.</summary>
    public const string StorageName = "connectors";

    private const string ReminderName = "keep-alive";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    /// <summary>A store that does not answer holds up no shutdown: what was not saved is read again.</summary>
    private static readonly TimeSpan LastSave = TimeSpan.FromSeconds(5);

    /// <summary>How long the first prices wait for load and generation.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private readonly List<FeedPoller> _pollers = [];
    private readonly ZoneFundamentals _fundamentals = new();
    private readonly SemaphoreSlim _saving = new(1);
    private CancellationTokenSource _stopping = new();
    private Task _polling = Task.CompletedTask;
    private bool _isReminded;
    private MarketZone _zone;
    private HoleKeeper _holes = null!;
    private BackfillKeeper _backfills = null!;
    private IAsyncStream<PriceTick> _prices = null!;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _zone = ParseKey(this.GetPrimaryKeyString());
        _prices = this.GetStreamProvider(StreamNames.Provider).GetStream<PriceTick>(StreamId.Create(_zone.Topic(), StreamNames.ByKey));
        var overlap = TimeSpan.FromMinutes(options.Get(_zone.Name()).OverlapMinutes);
        var locations = new LocationRecorder(_zone, directory, clock, loggers.CreateLogger<LocationRecorder>());
        var road = new ZoneRoad(this, locations, _fundamentals, ingestions, meters, clock);
        foreach (var feed in catalog.Create(_zone))
        {
            var saved = cursors.State.Feeds.TryGetValue(feed.Name, out var cursor) ? cursor : (DateTimeOffset?)null;
            _pollers.Add(new FeedPoller(feed, saved, overlap, road, logger));
            if (saved is { } from) GoingOn(feed.Name, from);
            else StartingAfresh(feed.Name, feed.Lookback.TotalHours);
        }

        var past = catalog.CreateForBackfill(_zone);
        _holes = new HoleKeeper(counts, [.. past.Select(feed => (feed, new FeedReader(feed, road)))], clock, logger);
        _backfills = new BackfillKeeper(past, new BackfillRunner(past, road, logger), cursors.State, SaveAsync, clock, logger);
        if (cursors.State.Pause is null) _polling = ReadAsync(_polling, _stopping.Token);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _polling.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await Task.WhenAll(_pollers.Select(poller => poller.FlushAsync())).WaitAsync(LastSave, clock, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        foreach (var poller in _pollers) meters.Forget(poller.Feed.Name);
        _stopping.Dispose();
    }

    /// <inheritdoc/>
    public async Task StartAsync()
    {
        if (_pollers.Count == 0)
            throw new InvalidOperationException($"{_zone.Name()} has no feed to read: {ZoneConnectorOptions.Section}:{_zone.Name()}:Feed is {FeedMode.Off}");
        // Every silo asks every few seconds, and the reminder stays where it is once it is written.
        if (_isReminded) return;

        await this.RegisterOrUpdateReminder(ReminderName, ReminderPeriod, ReminderPeriod);
        _isReminded = true;
    }

    /// <inheritdoc/>
    public Task<ConnectorStatus> GetStatusAsync()
    {
        // One that has nothing to read need not stay for the question.
        if (_pollers.Count == 0) DeactivateOnIdle();
        var now = clock.GetUtcNow();
        return Task.FromResult(Status(now));
    }

    private ConnectorStatus Status(DateTimeOffset now)
    {
        var pause = cursors.State.Pause;
        return new ConnectorStatus
        {
            Zone = _zone,
            Pause = pause,
            Feeds = [.. _pollers.Select(poller => poller.Status with
            {
                Holes = _holes.Open(poller.Feed.Name),
                NextPoll = pause is null ? poller.Status.NextPoll : null,
            })],
            Load = _fundamentals.Newest(FundamentalKind.Load, now),
            LoadForecast = _fundamentals.At(FundamentalKind.LoadForecast, now, now),
            RenewablePercentage = _fundamentals.RenewablePercentage(now, now),
        };
    }

    /// <summary>All that asks the market, from when the last that did has ended.</summary>
    private async Task ReadAsync(Task before, CancellationToken stopping)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await Task.WhenAll([PollAsync(stopping), LookForHolesAsync(stopping), RunBackfillsAsync(stopping)]);
    }

    /// <inheritdoc/>
    public Task<BackfillStatus[]> BackfillAsync(BackfillRequest request) => _backfills.AddAsync(request);

    /// <inheritdoc/>
    public Task<BackfillStatus[]> GetBackfillsAsync() => Task.FromResult(_backfills.All);

    /// <inheritdoc/>
    public Task<BackfillStatus[]> CancelBackfillAsync(string request) => _backfills.CancelAsync(request);

    /// <summary>Being called is enough: it activates the connector where it is needed. One that was turned off ends here.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (_pollers.Count > 0) return;
        if (await this.GetReminder(ReminderName) is { } reminder) await this.UnregisterReminder(reminder);
        DeactivateOnIdle();
    }

    Task IPricePublisher.PublishAsync(PriceTick[] ticks) => _prices.OnNextBatchAsync(ticks);

    Task IPricePublisher.SaveCursorAsync(string feed, DateTimeOffset cursor)
    {
        cursors.State.Feeds[feed] = cursor;
        return SaveAsync();
    }

    /// <summary>Feeds and backfills share one stored state, so they take turns at writing it.</summary>
    private async Task SaveAsync()
    {
        await _saving.WaitAsync();
        try
        {
            await cursors.WriteStateAsync();
        }
        catch (InconsistentStateException error)
        {
            // Another activation has written: it is the connector now, and this one must not go on beside it.
            Superseded(_zone, error);
            DeactivateOnIdle();
            throw;
        }
        finally
        {
            _saving.Release();
        }
    }

    private static MarketZone ParseKey(string key) =>
        MarketZones.TryParse(key, out var zone) && zone.Name() == key
            ? zone
            : throw new ArgumentException($"\"{key}\" is not the name of a market zone; those are {string.Join(", ", MarketZones.All)}");

    private async Task PollAsync(CancellationToken stopping)
    {
        // Activation does not wait for the first poll.
        await Task.Yield();
        var (drivers, rest) = (_pollers.Where(IsDriver).ToArray(), _pollers.Where(poller => !IsDriver(poller)));
        var loops = drivers.Select(poller => PollAsync(poller, stopping)).ToList();
        await Task.WhenAll(drivers.Select(poller => poller.PolledOnce)).WaitAsync(Patience, clock, stopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        loops.AddRange(rest.Select(poller => PollAsync(poller, stopping)));
        await Task.WhenAll(loops);
    }

    private static bool IsDriver(FeedPoller poller) => poller.Feed.Kind == FeedKind.Fundamentals;

    /// <summary>One poll after the other, never two at once.</summary>
    private async Task PollAsync(FeedPoller poller, CancellationToken stopping)
    {
        while (true)
        {
            var pause = await poller.PollAsync(stopping);
            meters.Told(poller.Status with { Holes = _holes.Open(poller.Feed.Name) });
            if (IsDriver(poller)) _fundamentals.ForgetBefore(clock.GetUtcNow() - HoleKeeper.Far - TimeSpan.FromDays(1));
            await Task.Delay(pause, clock, stopping);
        }
    }

    private async Task LookForHolesAsync(CancellationToken stopping)
    {
        await Task.Yield();
        var readThrough = _pollers.ToDictionary(poller => poller.Feed.Name, poller => (Func<DateTimeOffset?>)(() => poller.Status.ReadThrough));
        while (true)
        {
            await Task.Delay(HoleKeeper.Pause, clock, stopping);
            await _holes.LookAsync(feed => readThrough.GetValueOrDefault(feed)?.Invoke(), stopping);
        }
    }

    private async Task RunBackfillsAsync(CancellationToken stopping)
    {
        await Task.Yield();
        await _backfills.RunAsync(stopping);
    }
}
