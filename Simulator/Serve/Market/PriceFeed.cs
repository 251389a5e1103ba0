using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.Serve.Market;

/// <summary>One way a market publishes one of its price series.</summary>
/// <param name="Zone">The market.</param>
/// <param name="Name">What faults and the access log call it.</param>
/// <param name="Host">Kind of host: <c>api</c> or <c>files</c>.</param>
/// <param name="Type">The price series.</param>
/// <param name="PublishedAt">When the interval that starts at an instant is out, while nothing is amiss.</param>
internal sealed record PriceFeed(MarketZone Zone, string Name, string Host, PriceType Type, Func<DateTimeOffset, DateTimeOffset> PublishedAt)
{
    /// <summary>Length of an interval.</summary>
    public TimeSpan Interval => TimeSpan.FromMinutes(Type.IntervalMinutes());

    /// <summary>Whether an interval comes as one file: it is late as a whole or not at all.</summary>
    public bool IsFile => Host == HostKind.Files;
}
