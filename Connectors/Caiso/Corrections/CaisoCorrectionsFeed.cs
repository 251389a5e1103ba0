using System.Runtime.CompilerServices;
using OptiBid.Connectors.Caiso.Oasis;
using OptiBid.Connectors.Caiso.Prices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Caiso.Corrections;

/// <summary>
/// Reads price corrections, which CAISO makes days to two weeks after a trade date: <c>GroupZip?groupid=PRC_CORR_GRP</c> names the
/// intervals, and the price reports, which have only the newest value, are read again for them. Every price of such an interval is
/// told as published when the correction was made; those that are as before are no revision.
/// </summary>
internal sealed class CaisoCorrectionsFeed(LmpReports reports, MarketContext market) : IMarketFeed
{
    /// <summary>The feed's name.</summary>
    public const string FeedName = "caiso:PRC_CORR_GRP";

    /// <summary>How far back corrections reach.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromDays(16);

    private static readonly PollSchedule Schedule = PollSchedule.Every(TimeSpan.FromHours(6), TimeSpan.FromMinutes(50));

    private readonly OasisClient _oasis = new(market);
    private readonly Dictionary<(string Report, DateTimeOffset Start), DateTimeOffset> _read = [];

    public string Name => FeedName;

    public MarketZone Zone => MarketZone.CAISO;

    public FeedKind Kind => FeedKind.Corrections;

    /// <summary>Of all the market's series.</summary>
    public PriceType? PriceType => null;

    public TimeSpan? BackfillChunk => TimeSpan.FromDays(7);

    public TimeSpan Lookback => Reach;

    public TimeSpan Ahead => TimeSpan.Zero;

    public Reread Reread => new(Reach, TimeSpan.Zero);

    public DateTimeOffset NextPoll(DateTimeOffset now) => Schedule.Next(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var now = market.Clock.GetUtcNow();
        var (until, isOpen) = (Instants.Earlier(range.To ?? now, now), range.To is null);
        // However far the cursor has come, corrections of all this time may be new.
        var from = isOpen ? Instants.Earlier(range.From, now - Reach) : range.From;
        foreach (var day in PacificDay.Within(from, until))
        {
            var rows = new CorrectionRows(Name, now);
            var trouble = await UnlessOfContentAsync(() => _oasis.GroupAsync(Name, "PRC_CORR_GRP", day, rows.Add, cancellationToken), isOpen);
            yield return new FeedPage { Cursor = range.From, RowsRead = rows.Rows, Rejections = rows.Rejections, Warning = trouble };

            PriceCorrection[] news = [.. rows.Corrections.Where(correction => range.Wants(correction.Start) && (!isOpen || IsNews(correction)))];
            foreach (var report in news.GroupBy(correction => correction.Report))
            {
                await foreach (var page in ReadAsync(report.Key, [.. report], isOpen, cancellationToken)) yield return page with { Cursor = range.From };
            }
        }

        foreach (var key in _read.Keys.Where(key => key.Start < from - Reach).ToArray()) _read.Remove(key);
        // All trade dates before today's have been looked at.
        yield return new FeedPage { Cursor = Instants.Later(range.From, PacificDay.StartOf(until)) };
    }

    private bool IsNews(PriceCorrection correction) => !_read.TryGetValue((correction.Report.Name, correction.Start), out var at) || at < correction.GeneratedAt;

    /// <summary>
    /// What ails an answer that is no use, in words; null when it is good. It is asked for again with the next poll, and stands in
    /// the way of no other.
    /// </summary>
    private static async Task<string?> UnlessOfContentAsync(Func<Task> ask, bool isOpen)
    {
        try
        {
            await ask();
            return null;
        }
        catch (MarketFeedException error) when (isOpen && OasisErrors.IsOfContent(error))
        {
            return error.Message;
        }
    }

    /// <summary>Reads the corrected intervals of a report, an answer per window that has any.</summary>
    private async IAsyncEnumerable<FeedPage> ReadAsync(CaisoFeedDefinition report, PriceCorrection[] corrections, bool isOpen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var generated = corrections.ToDictionary(correction => correction.Start, correction => correction.GeneratedAt);
        var (first, end) = (generated.Keys.Min(), generated.Keys.Max() + report.Interval);
        foreach (var window in report.Pieces(first, end))
        {
            DateTimeOffset[] starts = [.. generated.Keys.Where(start => start >= window.From && start < window.To)];
            if (starts.Length == 0) continue;
            LmpJoin? join = null;
            var trouble = await UnlessOfContentAsync(async () => join = await reports.ReadAsync(this, report, window, cancellationToken), isOpen);
            if (join is null)
            {
                yield return new FeedPage { Cursor = DateTimeOffset.MinValue, Warning = trouble };
                continue;
            }

            foreach (var page in join.Pages(new(window.From, window.To), DateTimeOffset.MaxValue, start => generated.TryGetValue(start, out var at) ? at : null))
                yield return page;

            // The caller comes back for more once the pages are published; only then are the corrections done with.
            foreach (var start in starts) _read[(report.Name, start)] = generated[start];
        }
    }
}
