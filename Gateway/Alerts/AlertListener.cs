using System.Runtime.CompilerServices;
using System.Threading.Channels;
using OptiBid.Gateway.Api.Alerts;
using OptiBid.Gateway.Live;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Alerts;

/// <summary>
/// One connection that hears of its user's alerts. It holds so many that its client has not taken yet; of a client that falls
/// further behind the oldest go, and nobody else is kept waiting. They are all in <c>GET /alerts</c>.
/// </summary>
internal sealed class AlertListener(string user, ZoneSet zones, Action<AlertListener> closed) : IDisposable
{
    /// <summary>Alerts it holds.</summary>
    public const int Capacity = 1_000;

    private const int TakenAtOnce = 100;

    private readonly Channel<AlertView> _waiting = Channel.CreateBounded<AlertView>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public string User => user;

    /// <summary>True for alerts of zones that its caller may see.</summary>
    public bool Hears(MarketZone zone) => zones.Contains(zone);

    /// <summary>Takes note; never waits.</summary>
    public void Tell(AlertView alert) => _waiting.Writer.TryWrite(alert);

    /// <summary>What has come, as it comes, until it is closed.</summary>
    public async IAsyncEnumerable<AlertView[]> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var taken = new List<AlertView>();
        while (await _waiting.Reader.WaitToReadAsync(cancellationToken))
        {
            taken.Clear();
            while (taken.Count < TakenAtOnce && _waiting.Reader.TryRead(out var alert)) taken.Add(alert);
            if (taken.Count > 0) yield return [.. taken];
        }
    }

    public void Dispose()
    {
        closed(this);
        _waiting.Writer.TryComplete();
    }
}
