using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>Turns a product's rows, from wherever they come, into pages of ticks. ERCOT publishes no components.</summary>
/// <remarks>
/// <para>Dispatch runs and five minutes. ERCOT dispatches about every five minutes and, when the grid asks for it, in between; a
/// run's prices hold until the next. The price of five minutes is the one in force in their middle: a run's time is rounded to the
/// nearest five minutes, and of several runs that round to the same the last stands, the earlier ones being revisions before it.
/// A run a few seconds early counts for the five minutes it was meant for, and an extra run for those of which it governs the
/// greater part. A run's publication is its own time, in a file as in the API, so that the order of the runs, and with it the last
/// one, is the same whatever is read first. Not an average by time: that would show no dispatch price that ever was, and only once
/// the five minutes are over; it is what ERCOT's own fifteen-minute prices are.</para>
/// <para>Corrections carry the time they were made at, which is later than any publication of what they replace. Of runs that
/// round to the same five minutes and were corrected together, the last stands again: each is some milliseconds later.</para>
/// </remarks>
/// <param name="product">The product.</param>
/// <param name="feed">The feed that reads.</param>
/// <param name="range">The market time wanted.</param>
/// <param name="publishedAt">When the rows were published, where the market says so for all of them.</param>
/// <param name="now">When, UTC.</param>
internal sealed class ErcotPriceRows(ErcotProduct product, IMarketFeed feed, FeedRange range, DateTimeOffset? publishedAt, DateTimeOffset now)
{
    /// <summary>Ticks in a page at the most.</summary>
    public const int PageTicks = 10_000;

    private static readonly TimeSpan DispatchInterval = TimeSpan.FromMinutes(5);
    private static readonly Comparison<PriceTick> ByIntervalAndPublication = (one, other) =>
        one.Timestamp != other.Timestamp ? one.Timestamp.CompareTo(other.Timestamp) : one.PublishedAt.CompareTo(other.PublishedAt);

    private FeedPageBuilder _page = new(feed, product.PriceType, now);
    private DateTimeOffset _reached = range.From;

    /// <summary>Rows met.</summary>
    public long Count { get; private set; }

    /// <summary>The rows' pages, each made as it is asked for. Only the last moves the cursor.</summary>
    public IEnumerable<FeedPage> Read(IErcotTable table)
    {
        Action read = product.Shape == ErcotShape.Runs ? Runs(table) : Hours(table);
        while (table.Read())
        {
            Count++;
            _page.CountRows();
            if (table.IsWhole) read();
            else _page.Reject("the row is shorter than the header");
            if (_page.Count < PageTicks) continue;
            yield return Build() with { Cursor = range.From };
            _page = new(feed, product.PriceType, now);
        }

        yield return Build() with { Cursor = _reached };
        _page = new(feed, product.PriceType, now);
    }

    private FeedPage Build()
    {
        var page = _page.Build(range.From, ByIntervalAndPublication);
        // Corrections are about times long past: how far they are read is told by when they were made.
        _reached = product.IsCorrection
            ? Instants.Later(_reached, publishedAt ?? page.Ticks.Select(tick => tick.PublishedAt).Append(range.From).Max())
            : Instants.Later(_reached, page.Cursor);
        return page;
    }

    private Action Hours(IErcotTable table)
    {
        var date = table.Column(ErcotColumns.Date);
        var hour = table.Column(ErcotColumns.Hour);
        var quarter = product.Shape == ErcotShape.Quarters ? table.Column(ErcotColumns.Quarter) : -1;
        if (quarter < 0 && table.Find(ErcotColumns.Quarter) >= 0)
            throw new MarketFeedException(feed.Name, $"column {ErcotColumns.Quarter[0]} is there: these are prices of quarter hours, not of hours");
        var flag = table.Column(ErcotColumns.Flag);
        var take = Prices(table);
        return () =>
        {
            var number = 1;
            if (!ErcotLabels.TryHour(table[date], table[hour], table[flag], out var label) || (quarter >= 0 && !int.TryParse(table[quarter], out number)))
                _page.Reject("the delivery date, hour, interval or DSTFlag cannot be read");
            else if (!new QuarterHour(label, number).TryToUtc(MarketClocks.Central, out var start))
                _page.Reject("the delivery date and hour name an interval the day does not have");
            else if (_page.Believes(start, "the delivery date"))
                take(start, start);
        };
    }

    private Action Runs(IErcotTable table)
    {
        var time = table.Column(ErcotColumns.Run);
        var flag = table.Column(ErcotColumns.Flag);
        var take = Prices(table);
        return () =>
        {
            if (!ErcotLabels.TryTime(table[time], table[flag], out var local, out var repeated))
                _page.Reject("SCEDTimestamp or its repeated-hour flag cannot be read");
            else if (!WallClock.TryToUtc(local, repeated, MarketClocks.Central, out var run))
                _page.Reject("SCEDTimestamp is a time the day does not have");
            else if (_page.Believes(run, "SCEDTimestamp"))
                take(run.Round(DispatchInterval), run);
        };
    }

    private Action<DateTimeOffset, DateTimeOffset> Prices(IErcotTable table)
    {
        var point = table.Column(ErcotColumns.Point);
        var type = table.Find(ErcotColumns.PointType);
        var price = table.Column(product.Price);
        var corrected = product.IsCorrection ? table.Find(ErcotColumns.Corrected) : -1;
        return (start, run) =>
        {
            if (!range.Wants(start)) return;
            if (!FeedNumber.TryParse(table[price], out var value))
            {
                _page.Reject($"{product.Price[0]} is blank or not a finite number");
                return;
            }

            if (Publication(start, run, corrected < 0 ? null : table[corrected]) is not { } published)
            {
                _page.Reject("PriceCorrectionTime cannot be read");
                return;
            }

            var name = table[point];
            var kind = type < 0 ? null : table[type];
            _page.Add(_page.Tick(SettlementPoint.Location(name, kind), start, value, published), name, SettlementPoint.Type(name, kind), SettlementPoint.Hub(name));
        };
    }

    private DateTimeOffset? Publication(DateTimeOffset start, DateTimeOffset run, string? corrected)
    {
        if (!product.IsCorrection) return product.Shape == ErcotShape.Runs ? run : publishedAt ?? product.EarliestPublication(start);
        if (!ErcotLabels.TryInstant(corrected, repeated: false, out var made))
        {
            if (publishedAt is not { } posted) return null;
            made = posted;
        }

        return made + (run - start + DispatchInterval) / 1000;
    }
}
