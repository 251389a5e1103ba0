using OptiBid.Connectors.Feeds;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones.Backfills;

/// <summary>Whether a backfill that is asked for can be had.</summary>
internal static class BackfillCheck
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(3);

    /// <summary>The job for a request.</summary>
    /// <exception cref="BackfillRefusedException">It cannot be had.</exception>
    public static BackfillStatus Accept(BackfillRequest request, IReadOnlyList<IMarketFeed> feeds, DateTimeOffset now)
    {
        string[] names = [.. feeds.Where(feed => feed is { BackfillChunk: not null, PriceType: not null }).Select(feed => feed.Name)];
        var name = MarketFeedNames.Match(names, request.Feed)
            ?? throw new BackfillRefusedException($"\"{request.Feed}\" is not a feed whose past can be read; those are {(names.Length > 0 ? string.Join(", ", names) : "none here")}");
        var (from, to) = (request.From.ToUniversalTime(), request.To.ToUniversalTime());
        if (to <= from) throw new BackfillRefusedException($"the range ends ({to:u}) before it begins ({from:u})");
        if (from < TimeLimits.Earliest) throw new BackfillRefusedException($"the range begins before {TimeLimits.Earliest:u}, from when on prices are believed");
        if (to > now + Ahead) throw new BackfillRefusedException($"the range ends ({to:u}) more than {Ahead.TotalHours:0} hours ahead");
        return new BackfillStatus
        {
            Id = Guid.NewGuid().ToString("n"),
            Feed = name,
            From = from,
            To = to,
            DoneThrough = from,
            State = BackfillState.Waiting,
            RequestedAt = now,
        };
    }
}
