using OptiBid.Connectors.Feeds;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones.Backfills;

/// <summary>Whether a backfill that is asked for can be had.</summary>
internal static class BackfillCheck
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(3);

    /// <summary>The jobs of a request, a feed each.</summary>
    /// <exception cref="BackfillRefusedException">It cannot be had.</exception>
    public static BackfillStatus[] Accept(BackfillRequest request, IReadOnlyList<IMarketFeed> feeds, DateTimeOffset now)
    {
        string[] names = [.. feeds.Where(feed => feed is { BackfillChunk: not null, PriceType: not null }).Select(feed => feed.Name)];
        if (names.Length == 0) throw new BackfillRefusedException("there is no feed here whose past can be read");
        var wanted = request.Feeds.Length == 0 ? names : [.. request.Feeds.Select(feed => MarketFeedNames.Match(names, feed)
            ?? throw new BackfillRefusedException($"\"{feed}\" is not a feed whose past can be read; those are {string.Join(", ", names)}")).Distinct()];

        var (from, to) = (request.From.ToUniversalTime(), request.To.ToUniversalTime());
        if (to <= from) throw new BackfillRefusedException($"the range ends ({to:u}) before it begins ({from:u})");
        if (from < TimeLimits.Earliest) throw new BackfillRefusedException($"the range begins before {TimeLimits.Earliest:u}, from when on prices are believed");
        if (to > now + Ahead) throw new BackfillRefusedException($"the range ends ({to:u}) more than {Ahead.TotalHours:0} hours ahead");

        var id = Guid.NewGuid().ToString("n");
        return
        [
            .. wanted.Select(name => new BackfillStatus
            {
                Id = Guid.NewGuid().ToString("n"),
                Request = id,
                Feed = name,
                From = from,
                To = to,
                DoneThrough = from,
                State = BackfillState.Waiting,
                RequestedAt = now,
            }),
        ];
    }
}
