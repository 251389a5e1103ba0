using System.Runtime.CompilerServices;
using OptiBid.Connectors.Caiso.Oasis;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Caiso.Prices;

/// <summary>
/// Reads one price report of CAISO OASIS, window by window. An answer that is no use holds the cursor back and nothing else: what
/// comes after it is read all the same, and after some tries it is passed over.
/// </summary>
internal sealed class CaisoFeed(CaisoFeedDefinition definition, LmpReports reports, MarketContext market) : IMarketFeed
{
    private readonly UnreadableWindows _unreadable = new();

    public string Name => definition.Name;

    public MarketZone Zone => MarketZone.CAISO;

    public PriceType? PriceType => definition.PriceType;

    public TimeSpan? BackfillChunk => definition.BackfillChunk;

    public TimeSpan Lookback => definition.Lookback;

    public TimeSpan Ahead => definition.Ahead + definition.Interval;

    public Reread Reread => definition.Reread;

    public DateTimeOffset NextPoll(DateTimeOffset now) => definition.Schedule.Next(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (now, isOpen) = (market.Clock.GetUtcNow(), range.To is null);
        var from = range.From.Floor(definition.Interval);
        var until = range.To ?? Instants.Later((now + definition.Ahead).Ceiling(definition.Interval), from + definition.Interval);
        var barrier = DateTimeOffset.MaxValue;
        MarketFeedException? last = null;
        var windows = new Stack<OasisWindow>(FeedWindows.Split(from, until, definition.Window).Select(window => new OasisWindow(window.From, window.From, window.To)).Reverse());
        while (windows.TryPop(out var window))
        {
            OasisWindow[] pieces = [.. definition.Pieces(window.From, window.To)];
            var isPiece = pieces.Length == 1;
            if (isPiece) window = pieces[0];
            if (isOpen && isPiece && _unreadable.IsPassedOver(window))
            {
                yield return PassedOver(range, window, barrier);
                continue;
            }

            LmpJoin? join = null;
            if (!isOpen || isPiece || !_unreadable.AnyOf(pieces))
            {
                try
                {
                    join = await reports.ReadAsync(this, definition, window, cancellationToken);
                    if (isPiece) _unreadable.Remove(window);
                }
                catch (MarketFeedException error) when (isOpen && OasisErrors.IsOfContent(error))
                {
                    if (isPiece) last = _unreadable.Add(window, error, IsOver(window, now)) ? last : error;
                }
            }

            if (join is null && !isPiece)
            {
                foreach (var piece in pieces.Reverse()) windows.Push(piece);
            }
            else if (join is null && _unreadable.IsPassedOver(window))
            {
                yield return PassedOver(range, window, barrier);
            }
            else if (join is null)
            {
                barrier = Instants.Earlier(barrier, window.From);
            }
            else
            {
                foreach (var page in join.Pages(range, barrier, start => definition.PublishedAt(start))) yield return page;
                barrier = Instants.Earlier(barrier, join.Held);
                // Where the future has nothing yet, what follows it has nothing either.
                if (isOpen && join.IsEmpty && window.From > now) break;
            }
        }

        if (isOpen) _unreadable.ForgetBefore(from - TimeSpan.FromDays(7));
        if (last is not null) throw last;
    }

    private bool IsOver(OasisWindow window, DateTimeOffset now) =>
        definition.Pieces(window.Key, window.Key.AddDays(2)).First().To == window.To
        && now >= definition.PublishedAt(window.To - definition.Interval) + definition.Patience;

    private FeedPage PassedOver(FeedRange range, OasisWindow window, DateTimeOffset barrier) => new()
    {
        Cursor = Instants.Later(range.From, Instants.Earlier(window.To, barrier)),
        Warning = $"{Name}: {_unreadable.Words(window)}",
    };
}
