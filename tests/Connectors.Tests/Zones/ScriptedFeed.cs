using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Zones;

/// <summary>A feed that answers as a test says, and remembers the cursors it was asked from.</summary>
public sealed class ScriptedFeed(string name, TimeSpan pause) : IMarketFeed
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 17, 0, 0, TimeSpan.Zero);

    public string Name => name;

    public MarketZone Zone => MarketZone.PJM;

    public PriceType? PriceType => Grains.Interfaces.PriceType.RealTime5Min;

    public TimeSpan Lookback { get; init; } = TimeSpan.FromHours(24);

    public TimeSpan Ahead { get; init; } = TimeSpan.FromDays(365);

    public Reread Reread { get; init; }

    public TimeSpan? BackfillChunk { get; init; }

    public ConcurrentQueue<DateTimeOffset> Asked { get; } = new();

    public Func<DateTimeOffset, IEnumerable<FeedPage>> Answer { get; set; } = _ => [];

    public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

    public DateTimeOffset NextPoll(DateTimeOffset now) => now + pause;

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Asked.Enqueue(range.From);
        await Before(cancellationToken);
        foreach (var page in Answer(range.From)) yield return page;
    }

    public FeedPage Page(int firstInterval, int count = 1, int rejected = 0)
    {
        PriceTick[] ticks = [.. Enumerable.Range(firstInterval, count).Select(Tick)];
        return new FeedPage
        {
            Ticks = ticks,
            Locations = [new MarketLocation(new LocationId(MarketZone.PJM, "1"), "PJM-RTO", LocationType.Zone)],
            Cursor = count == 0 ? Start : ticks[^1].Timestamp.AddMinutes(5),
            RowsRead = count + rejected,
            Rejections = rejected == 0 ? new Dictionary<string, int>() : new Dictionary<string, int> { ["bad"] = rejected },
        };
    }

    public PriceTick Tick(int interval) => new()
    {
        Timestamp = Start.AddMinutes(5 * interval),
        MarketZone = MarketZone.PJM,
        PriceType = Grains.Interfaces.PriceType.RealTime5Min,
        Location = "1",
        IntervalMinutes = 5,
        Price = interval,
        PublishedAt = Start.AddMinutes(5 * interval + 1),
        Source = name,
    };
}
