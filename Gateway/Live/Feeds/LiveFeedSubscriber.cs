using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OptiBid.Gateway.Alerts;
using OptiBid.Gateway.Caching;
using OptiBid.Gateway.Hubs;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Live.Feeds;

/// <summary>
/// Keeps the gateway subscribed with every active silo, with one observer for all. A silo that does not answer
/// holds up none of the others.
/// </summary>
internal sealed partial class LiveFeedSubscriber(
    ILiveFeeds feeds, LivePrices prices, IOptions<LiveOptions> options, TimeProvider clock, ILogger<LiveFeedSubscriber> log,
    QualityPushes? quality = null, AlertListeners? alerts = null, HistoryChanges? changes = null) : BackgroundService
{
    private readonly LiveOptions _options = options.Value;
    private readonly ConcurrentDictionary<SiloAddress, Connection> _connections = new();

    // Orleans holds observers by a weak reference: this field is what keeps the gateway listening.
    private readonly PriceObserver _observer = new(prices, quality, alerts, changes);

    private IPriceObserver? _reference;
    private Task? _stopped;
    private string? _trouble;

    /// <summary>Why the cluster cannot be seen, in words for the log; null when it can, or was not asked yet.</summary>
    public bool SeesCluster { get; private set; }

    /// <summary>Silos subscribed with, of those that are active.</summary>
    public (int Up, int Active) Links => (_connections.Values.Count(static connection => connection.Link.IsUp), _connections.Count);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        _stopped ??= Task.WhenAll(_connections.Values.Select(UnsubscribeAsync));
        await _stopped.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            await DiscoverAsync(stoppingToken);
            await Task.Delay(_options.DiscoveryInterval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task DiscoverAsync(CancellationToken cancellationToken)
    {
        try
        {
            _reference ??= feeds.Publish(_observer);
            var silos = await feeds.GetSilosAsync().WaitAsync(_options.CallTimeout, clock, cancellationToken);
            if (_trouble is not null) LogClusterBack();
            (_trouble, SeesCluster) = (null, true);
            Connect(silos, _reference);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception error)
        {
            // Whatever keeps the cluster from answering (no gateway yet, a silo on its way out, a time-out), the next round tries again.
            SeesCluster = false;
            if (_trouble != error.Message) LogClusterAway(error.Message);
            _trouble = error.Message;
        }

        // Links to silos known so far are kept up also while the cluster as a whole does not answer.
        foreach (var connection in _connections.Values)
        {
            if (connection.Visit.IsCompleted) connection.Visit = VisitAsync(connection, cancellationToken);
        }
    }

    private void Connect(IReadOnlyCollection<SiloAddress> silos, IPriceObserver reference)
    {
        foreach (var silo in silos)
        {
            if (!_connections.ContainsKey(silo))
                _connections[silo] = new Connection(silo, new FeedLink(feeds.GetFeed(silo), reference, prices, _options, clock, () => changes?.Subscribed(silo)));
        }

        foreach (var gone in _connections.Keys.Except(silos))
        {
            if (!_connections.TryRemove(gone, out _)) continue;
            changes?.Gone(gone);
            LogGone(gone);
        }
    }

    private async Task VisitAsync(Connection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.Link.VisitAsync(cancellationToken);
            if (connection.Tell("")) LogSubscribed(connection.Silo);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (Exception error)
        {
            // Any failure of one silo is that silo's: it is tried again in the next round, or dropped with it.
            if (connection.Tell(error.Message)) LogTrouble(connection.Silo, error.Message);
        }
    }

    private static async Task UnsubscribeAsync(Connection connection)
    {
        try
        {
            await connection.Link.UnsubscribeAsync();
        }
        catch (Exception)
        {
            // On the way out: the lease ends by itself.
        }
    }

    /// <summary>A silo, the link with it, and what was last said of it.</summary>
    private sealed class Connection(SiloAddress silo, FeedLink link)
    {
        private string? _told;

        public SiloAddress Silo => silo;

        public FeedLink Link => link;

        public Task Visit { get; set; } = Task.CompletedTask;

        /// <summary>True when there is something new to tell.</summary>
        public bool Tell(string state)
        {
            if (_told == state) return false;
            _told = state;
            return true;
        }
    }
}
