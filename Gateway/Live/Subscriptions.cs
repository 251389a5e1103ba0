namespace OptiBid.Gateway.Live;

/// <summary>Opens subscriptions, each with a phase of its own.</summary>
internal sealed class Subscriptions(LivePrices prices, LiveInstruments instruments, TimeProvider clock)
{
    /// <param name="filter">What the client wants and may see.</param>
    /// <param name="hz">Sends a second.</param>
    public Subscription Open(PriceFilter filter, double hz) =>
        new(prices, instruments, filter, SendRate.Of(hz, Random.Shared.NextDouble()), clock);
}
