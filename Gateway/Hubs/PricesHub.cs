using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using OptiBid.Gateway.Api.Output;
using OptiBid.Gateway.Live;

namespace OptiBid.Gateway.Hubs;

/// <summary>
/// Live prices over SignalR, <c>/hubs/prices</c>. After <see cref="Subscribe"/> the server calls
/// <c>prices(PriceView[])</c> with the prices that moved or got a name, and <c>lag(dropped)</c> when the client was too slow.
/// Operators are called by <c>quality(QualityEventView[])</c> with findings about the data, traders by
/// <c>alerts(AlertView[])</c> with what their rules have fired, whether they subscribe or not.
/// </summary>
internal sealed class PricesHub(PriceFilterReading filters, Subscriptions subscriptions, PricePushes pushes, StreamLimit streams, LivePrices prices, LiveInstruments instruments,
    QualityPushes quality, AlertPushes alerts) : Hub
{
    private const int StreamedAtOnce = 1_000;

    /// <summary>Name of the method that a client is called by with prices.</summary>
    public const string Prices = "prices";

    /// <summary>Name of the method that a slow client is called by.</summary>
    public const string Lag = "lag";

    /// <summary>What <see cref="Subscribe"/> has answered with a snapshot and not started to push yet.</summary>
    private Subscription? _answered;

    /// <summary>Starts pushes, in place of those that a call before has started.</summary>
    /// <returns>The newest price of everything in the filter.</returns>
    /// <exception cref="HubException">The filter is not valid.</exception>
    public async Task<PriceView[]> Subscribe(PriceFilterRequest? filter)
    {
        var (wanted, hz) = filters.Read(filter, Context, nameof(Subscribe));
        await pushes.StopAsync(Context);
        _answered = subscriptions.Open(wanted, hz);
        return _answered.TakeSnapshot();
    }

    /// <summary>Ends the pushes.</summary>
    public Task Unsubscribe() => pushes.StopAsync(Context);

    /// <summary>
    /// Every price, without conflation: the newest ones first, then each as it comes. A client that falls further
    /// behind than the gateway's journal reaches goes on with the newest, and is told by <c>lag</c>.
    /// </summary>
    /// <exception cref="HubException">The filter is not valid, or the connection has too many streams.</exception>
    public IAsyncEnumerable<PriceView> StreamPrices(PriceFilterRequest? filter, CancellationToken cancellationToken) =>
        StreamAsync(filters.Read(filter, Context, nameof(StreamPrices)).Filter, cancellationToken);

    public override async Task OnConnectedAsync()
    {
        await quality.JoinAsync(Context);
        await alerts.StartAsync(Context);
        await base.OnConnectedAsync();
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        AlertPushes.Stop(Context);
        await pushes.StopAsync(Context);
        await base.OnDisconnectedAsync(exception);
    }

    /// <summary>
    /// The answer must be out before the first push, or a client would take its snapshot for news. SignalR makes a
    /// hub for each call and disposes of it once the answer has been written, so pushes start here.
    /// </summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _answered is not null) pushes.Start(Context, _answered);
        base.Dispose(disposing);
    }

    private async IAsyncEnumerable<PriceView> StreamAsync(PriceFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var place = streams.Take(Context);
        using var counted = instruments.Subscribed();
        var client = Clients.Caller;
        var reader = new PriceReader(prices, filter);
        var taken = reader.TakeSnapshot();
        while (true)
        {
            foreach (var price in taken) yield return price.View;
            taken.Clear();

            await prices.WaitForChangeAsync(reader.Position, cancellationToken);
            var missed = reader.TakeEvery(taken, StreamedAtOnce);
            instruments.Missed(missed);
            if (missed > 0) await client.SendAsync(Lag, missed, cancellationToken);
        }
    }
}
