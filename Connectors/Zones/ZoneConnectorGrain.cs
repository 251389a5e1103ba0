using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OptiBid.Connectors.Configuration;
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
/// </remarks>
[KeepAlive]
internal sealed partial class ZoneConnectorGrain(
    [PersistentState("cursors", ZoneConnectorGrain.StorageName)] IPersistentState<ConnectorCursors> cursors,
    IMarketFeedCatalog catalog,
    IOptionsMonitor<ZoneConnectorOptions> options,
    ILocationDirectory directory,
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

    private readonly List<FeedPoller> _pollers = [];
    private readonly SemaphoreSlim _saving = new(1);
    private readonly CancellationTokenSource _stopping = new();
    private Task _polling = Task.CompletedTask;
    private bool _isReminded;
    private MarketZone _zone;
    private IAsyncStream<PriceTick> _prices = null!;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _zone = ParseKey(this.GetPrimaryKeyString());
        _prices = this.GetStreamProvider(StreamNames.Provider).GetStream<PriceTick>(StreamId.Create(_zone.Topic(), StreamNames.ByKey));
        var overlap = TimeSpan.FromMinutes(options.Get(_zone.Name()).OverlapMinutes);
        var locations = new LocationRecorder(_zone, directory, clock, loggers.CreateLogger<LocationRecorder>());
        foreach (var feed in catalog.Create(_zone))
        {
            var saved = cursors.State.Feeds.TryGetValue(feed.Name, out var cursor) ? cursor : (DateTimeOffset?)null;
            var poller = new FeedPoller(feed, saved, overlap, this, locations, clock, meters, logger);
            _pollers.Add(poller);
            if (saved is { } from) GoingOn(feed.Name, from);
            else StartingAfresh(feed.Name, feed.Lookback.TotalHours);
        }

        _polling = Task.WhenAll(_pollers.Select(poller => PollAsync(poller, _stopping.Token)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _polling.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await Task.WhenAll(_pollers.Select(poller => poller.FlushAsync())).WaitAsync(LastSave, clock, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
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
    public Task<ConnectorStatus> GetStatusAsync() =>
        Task.FromResult(new ConnectorStatus(_zone, [.. _pollers.Select(poller => poller.Status)]));

    /// <summary>Being called is enough: it activates the connector where it is needed. One that was turned off ends here.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (_pollers.Count > 0) return;
        if (await this.GetReminder(ReminderName) is { } reminder) await this.UnregisterReminder(reminder);
        DeactivateOnIdle();
    }

    Task IPricePublisher.PublishAsync(PriceTick[] ticks) => _prices.OnNextBatchAsync(ticks);

    /// <summary>Feeds share one stored state, so they take turns at writing it.</summary>
    async Task IPricePublisher.SaveCursorAsync(string feed, DateTimeOffset cursor)
    {
        cursors.State.Feeds[feed] = cursor;
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

    /// <summary>One poll after the other, never two at once.</summary>
    private async Task PollAsync(FeedPoller poller, CancellationToken stopping)
    {
        // Activation does not wait for the first poll.
        await Task.Yield();
        while (true)
        {
            var pause = await poller.PollAsync(stopping);
            await Task.Delay(pause, clock, stopping);
        }
    }
}
