using System.Net;
using System.Runtime.CompilerServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Nyiso;

/// <summary>Reads one kind of price file, day by day.</summary>
internal sealed class NyisoPriceFeed(NyisoPriceFile file, MarketContext market) : IMarketFeed
{
    /// <summary>A run older than this is no longer the one to tell forecasts by: dispatch has stood still, or the file has.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(15);

    private readonly NyisoArchive _archive = new(file.File.FeedName, file.File, market);

    public string Name => file.File.FeedName;

    public MarketZone Zone => MarketZone.NYISO;

    public PriceType? PriceType => file.PriceType;

    public TimeSpan Lookback => file.Lookback;

    public TimeSpan Ahead => TimeSpan.FromDays(2 * file.DaysAhead) + TimeSpan.FromMinutes(10);

    public Reread Reread => file.Reread;

    public TimeSpan? BackfillChunk => file.BackfillChunk;

    public DateTimeOffset NextPoll(DateTimeOffset now) => file.Schedule.Next(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var now = market.Clock.GetUtcNow();
        var (newest, problem) = range.To is null ? await NewestAsync(range, now, cancellationToken) : ([], null);
        var run = newest.SelectMany(page => page.Ticks).Select(tick => tick.Timestamp).DefaultIfEmpty().Max();
        var before = file.DaysAhead > 0 ? DateTimeOffset.MaxValue : run > now - Recent && run <= now + file.Interval ? run : now.AddTicks(1);

        var (reached, cursor, isAnyDay) = (range.From, range.From, false);
        await foreach (var day in DaysAsync(range, hasNewest: run != default, cancellationToken))
        {
            isAnyDay = true;
            var prices = new NyisoPrices(this, file, range, now) { Before = before, Newest = run };
            FeedPage? held = null;
            foreach (var page in prices.Read(day.Content))
            {
                if (held is not null) yield return held with { Cursor = cursor };
                held = page;
                reached = Instants.Later(reached, page.Cursor);
            }

            day.IsUnfinished = prices.HasForecasts || !prices.HasRows;
            // Only the last page of a day ends what is left to read before it.
            if (day.IsInOrder) cursor = reached;
            yield return held! with { Cursor = cursor };
        }

        // The newest run stands in the day's file too, though at times a minute later.
        if (before == run || !isAnyDay)
        {
            foreach (var page in newest)
            {
                reached = Instants.Later(reached, page.Cursor);
                yield return page with { Cursor = reached };
            }
        }

        if (Amiss(range, reached, cursor).With(problem) is var rest && (rest.Cursor > cursor || rest.Warning is not null)) yield return rest;
    }

    /// <summary>A page without prices that ends an open range out of order, and says what is missing.</summary>
    private FeedPage Amiss(FeedRange range, DateTimeOffset reached, DateTimeOffset cursor) =>
        new() { Cursor = range.To is null ? reached : cursor, Warning = _archive.Missing };

    /// <summary>The days; none where the newest run is all there is, as in the first minutes of a day.</summary>
    private async IAsyncEnumerable<NyisoDay> DaysAsync(FeedRange range, bool hasNewest, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var days = _archive.ReadAsync(range, file.DaysAhead, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await days.MoveNextAsync()) yield break;
            }
            catch (MarketFeedException error) when (hasNewest && error.Status == HttpStatusCode.NotFound)
            {
                yield break;
            }

            yield return days.Current;
        }
    }

    /// <summary>The newest run. That it cannot be read is told and harms no day.</summary>
    private async Task<(IReadOnlyList<FeedPage> Pages, string? Problem)> NewestAsync(FeedRange range, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (file.NewestPath is not { } path) return ([], null);
        try
        {
            if (await _archive.TryGetAsync(path, cancellationToken) is not { } body) return ([], null);
            Payload.RefuseMarkup(Name, body.Span);
            var prices = new NyisoPrices(this, file, range, now) { Before = now + file.Interval, IsAlone = true };
            return ([.. prices.Read(new MemoryStream(body.ToArray(), writable: false))], null);
        }
        catch (MarketFeedException error) when (error.RetryAfter is null)
        {
            return ([], $"{error.Message} (of the newest run; the day's file is read without it)");
        }
    }
}
