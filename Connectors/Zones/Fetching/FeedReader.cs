using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Connectors.Zones.Fetching;

/// <summary>
/// Reads a range from a feed and sees each page through: places to the directory, fundamentals to the zone, prices joined with
/// them to the stream. Leaves a record of the fetch, whatever becomes of it. For one caller at a time.
/// </summary>
internal sealed class FeedReader(IMarketFeed feed, ZoneRoad road)
{
    /// <summary>Ticks published in one batch at the most.</summary>
    public const int ChunkTicks = 10_000;

    /// <summary>What the feed has published.</summary>
    public PublishedRows Published { get; } = new();

    /// <summary>Reads a range.</summary>
    /// <param name="range">The range.</param>
    /// <param name="reason">Why.</param>
    /// <param name="published">Called after each page once its prices are acknowledged.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MarketFeedException">The market cannot be read.</exception>
    public async Task<FetchTally> ReadAsync(FeedRange range, IngestionReason reason, Action<FeedPage, FetchTally> published, CancellationToken cancellationToken)
    {
        var (started, timestamp) = (road.Clock.GetUtcNow(), road.Clock.GetTimestamp());
        var tally = new FetchTally();
        string? problem = null;
        try
        {
            await foreach (var page in feed.FetchAsync(range, cancellationToken).WithCancellation(cancellationToken))
            {
                if (page.Fundamentals.Count > 0) road.Fundamentals.Add(page.Fundamentals);
                await road.Locations.RecordAsync(page.Locations, cancellationToken);
                var news = await PublishAsync(page.Ticks);
                tally.Add(page, news);
                road.Meters.Published(feed.Name, page, news);
                published(page, tally);
            }

            return tally;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            problem = error is MarketFeedException ? error.Message : $"{error.GetType().Name}: {error.Message}";
            throw;
        }
        finally
        {
            if (problem is not null || !cancellationToken.IsCancellationRequested)
                road.Ingestions.Record(Record(range, reason, started, road.Clock.GetElapsedTime(timestamp), tally, problem));
        }
    }

    /// <summary>Publishes what has not been published yet.</summary>
    private async Task<PublishedRows.News> PublishAsync(PriceTick[] ticks)
    {
        var news = Published.Take(road.Fundamentals.Join(ticks));
        try
        {
            // Most pages are one batch, which need not be copied.
            if (news.Ticks.Length is > 0 and <= ChunkTicks) await road.Publisher.PublishAsync(news.Ticks);
            else foreach (var chunk in news.Ticks.Chunk(ChunkTicks)) await road.Publisher.PublishAsync(chunk);
        }
        catch
        {
            // Whatever went wrong, what may not have arrived is published again.
            Published.Release(news.Ticks);
            throw;
        }

        return news;
    }

    private IngestionRecord Record(FeedRange range, IngestionReason reason, DateTimeOffset started, TimeSpan duration, FetchTally tally, string? problem) => new()
    {
        Zone = feed.Zone,
        Feed = feed.Name,
        StartedAt = started,
        Duration = duration,
        RangeStart = range.From,
        RangeEnd = range.To is { } to ? Instants.Later(to, range.From) : null,
        Source = tally.Source,
        Reason = reason,
        RowsRead = tally.Rows.Read,
        Accepted = tally.Rows.Accepted,
        Duplicate = tally.Rows.Duplicate,
        Revised = tally.Rows.Revised,
        Rejected = tally.Rows.Rejected,
        FirstInterval = tally.First,
        LastInterval = tally.Last,
        Outcome = problem is null
            ? tally.Rows.Rejected > 0 || tally.Warning is not null ? IngestionOutcome.Partial : IngestionOutcome.Ok
            : tally.Rows.Read > 0 ? IngestionOutcome.Partial : IngestionOutcome.Failed,
        Message = problem ?? tally.Warning ?? tally.Refusals,
    };
}
