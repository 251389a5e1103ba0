using Microsoft.Extensions.Logging;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Connectors.Zones.Fetching;
using OptiBid.Connectors.Zones.Fundamentals;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Connectors.Zones.Backfills;

/// <summary>
/// Runs one backfill: chunk by chunk as long as the feed reads at once, each preceded by the zone's fundamentals of that time.
/// After each chunk the state is handed on to be kept, so a crash costs a chunk at the most.
/// </summary>
/// <param name="feeds">The zone's feeds that read the past.</param>
/// <param name="road">Where what is read goes.</param>
/// <param name="logger">The log.</param>
internal sealed partial class BackfillRunner(IReadOnlyList<IMarketFeed> feeds, ZoneRoad road, ILogger logger)
{
    /// <summary>Failures of one chunk in a row after which a backfill is given up.</summary>
    public const int Attempts = 12;

    /// <summary>Answers without a row, of one chunk in a row, after which the market is believed to have nothing there.</summary>
    public const int EmptyAnswers = 8;

    /// <summary>Fundamentals are read a little before a range: a renewable share reaches forward, a forecast was made the day before.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromDays(1);

    /// <summary>Runs until it is done, given up or cancelled.</summary>
    /// <param name="job">Where it stands.</param>
    /// <param name="keep">Keeps a state.</param>
    /// <param name="cancellationToken">Ends it; what is kept lets it go on later.</param>
    public async Task RunAsync(BackfillStatus job, Func<BackfillStatus, Task> keep, CancellationToken cancellationToken)
    {
        if (feeds.FirstOrDefault(feed => feed.Name == job.Feed) is not { BackfillChunk: { } chunk } feed)
        {
            await keep(Ended(job with { Message = $"{job.Feed} is not read any more" }, BackfillState.Failed));
            return;
        }

        job = job with { State = BackfillState.Running };
        await keep(job);
        for (var (failures, empty) = (0, 0); job.DoneThrough < job.To;)
        {
            var range = new FeedRange(job.DoneThrough, Instants.Earlier(job.DoneThrough + chunk, job.To));
            try
            {
                var rows = await ReadAsync(feed, range, cancellationToken);
                failures = 0;
                if (rows.Read == 0)
                {
                    // A market in trouble may answer well and with nothing; the past hardly ever has nothing.
                    job = job with { Message = $"{job.Feed}: the market has no row of {range.From:u} to {range.To:u}" };
                    if (++empty < EmptyAnswers)
                    {
                        await Task.Delay(Backoff.After(empty, Random.Shared.NextDouble()), road.Clock, cancellationToken);
                        continue;
                    }
                }

                empty = 0;
                job = job with { DoneThrough = range.To!.Value, Rows = job.Rows + rows };
                await keep(job);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                // The market, Kafka or the store of the state: each passes, and the chunk is read again.
                job = job with { Message = error is MarketFeedException ? error.Message : $"{error.GetType().Name}: {error.Message}" };
                if (++failures >= Attempts)
                {
                    GivenUp(job.Feed, range.From, job.Message);
                    await keep(Ended(job, BackfillState.Failed));
                    return;
                }

                var pause = Backoff.After(failures, Random.Shared.NextDouble());
                if (error is MarketFeedException { RetryAfter: { } asked } && asked > pause) pause = asked;
                await Task.Delay(pause, road.Clock, cancellationToken);
            }
        }

        Done(job.Feed, job.From, job.To, job.Rows.Accepted);
        await keep(Ended(job, BackfillState.Done));
    }

    private async Task<FeedRows> ReadAsync(IMarketFeed feed, FeedRange range, CancellationToken cancellationToken)
    {
        var own = road with { Fundamentals = new ZoneFundamentals() };
        foreach (var fundamentals in feeds.Where(other => other is { Kind: FeedKind.Fundamentals, BackfillChunk: not null }))
        {
            try
            {
                await new FeedReader(fundamentals, own).ReadAsync(
                    new FeedRange(range.From - Before, range.To), IngestionReason.Backfill, static (_, _) => { }, cancellationToken);
            }
            catch (MarketFeedException error)
            {
                // Prices are worth having without what goes with them.
                WithoutFundamentals(feed.Name, error.Message);
            }
        }

        return (await new FeedReader(feed, own).ReadAsync(range, IngestionReason.Backfill, static (_, _) => { }, cancellationToken)).Rows;
    }

    private BackfillStatus Ended(BackfillStatus job, BackfillState state) => job with { State = state, EndedAt = road.Clock.GetUtcNow() };

    [LoggerMessage(Level = LogLevel.Information, Message = "{Feed}: {Rows} prices of {From:u} to {To:u} are read")]
    private partial void Done(string feed, DateTimeOffset from, DateTimeOffset to, long rows);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Feed}: the backfill is given up at {From:u}: {Problem}")]
    private partial void GivenUp(string feed, DateTimeOffset from, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Feed}: prices of the past are read without load and generation: {Problem}")]
    private partial void WithoutFundamentals(string feed, string problem);
}
