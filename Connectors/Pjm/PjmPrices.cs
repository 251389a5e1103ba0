using System.Globalization;
using OptiBid.Connectors.Feeds;
using static OptiBid.Connectors.Pjm.PjmPriceColumn;

namespace OptiBid.Connectors.Pjm;

/// <summary>
/// Turns price rows of Data Miner 2, from whichever format, into pages of ticks. A superseded version and the current one
/// both come out, the older published first, so that the newer becomes a revision. For one read of a feed.
/// </summary>
/// <param name="feed">The feed.</param>
/// <param name="definition">Its columns.</param>
/// <param name="range">What is wanted.</param>
/// <param name="places">The directory.</param>
internal sealed class PjmPrices(IMarketFeed feed, PjmFeedDefinition definition, FeedRange range, PjmPlaces places)
{
    private readonly IReadOnlyList<PjmColumn> _columns = definition.Columns;
    private readonly TextPool _texts = new();
    private readonly PjmTime _time = new();
    private FeedPageBuilder? _page;
    private int _last;

    /// <summary>Ticks gathered for the next page.</summary>
    public int Count => _page?.Count ?? 0;

    /// <summary>Takes the row a table stands at.</summary>
    /// <param name="row">The table.</param>
    /// <param name="only">The places wanted; null for all.</param>
    /// <param name="now">The time.</param>
    public void Add(PjmTable row, HashSet<string>? only, DateTimeOffset now)
    {
        var page = _page ??= new FeedPageBuilder(feed, definition.PriceType, now, expected: _last);
        page.CountRows();
        if (row.Fault is { } fault) page.Reject(fault);
        else if (!_time.TryRead(row[Start], out var start)) page.Reject("datetime_beginning_utc is not a time");
        else if (!page.Believes(start, "datetime_beginning_utc") || !range.Wants(start)) return;
        else if (!FeedNumber.TryParse(row[Total], out var total)) page.Reject($"{_columns[Total].Name} is blank or not a finite number");
        else if (_texts.Get(row[Pnode]) is var place && (only is null || only.Contains(place))) Add(page, row, place, start, total);
    }

    /// <summary>The page of what was taken since the last: by interval, and within it by version.</summary>
    public FeedPage Build(DateTimeOffset cursor, DateTimeOffset now)
    {
        var page = (_page ?? new FeedPageBuilder(feed, definition.PriceType, now)).Build(cursor, (one, other) =>
            one.Timestamp != other.Timestamp
                ? one.Timestamp.CompareTo(other.Timestamp)
                : one.PublishedAt.CompareTo(other.PublishedAt));
        (_page, _last) = (null, page.Ticks.Length);
        return page;
    }

    private void Add(FeedPageBuilder page, PjmTable row, string place, DateTimeOffset start, double total)
    {
        var congestion = FeedNumber.Optional(row[Congestion]);
        var loss = FeedNumber.Optional(row[Loss]);
        // The live feed has no energy column; markets publish six decimals at the most.
        var energy = FeedNumber.Optional(row[Energy])
            ?? (definition.IsVerified || congestion is null || loss is null ? null : Math.Round(total - congestion.Value - loss.Value, 6));
        var tick = page.Tick(place, start, total, definition.PublishedAt(start) + VersionStep(row)) with
        {
            EnergyCost = energy,
            CongestionCost = congestion,
            LossCost = loss,
        };
        var known = places.Find(place);
        page.Add(tick, known?.Name ?? _texts.Get(row[Name]), known?.Type ?? PjmLocationTypes.Parse(row[PjmPriceColumn.Type]), PjmPlaces.HubOf(place));
    }

    /// <summary>Orders the versions of one interval: each counts as published a second after the one before.</summary>
    private static TimeSpan VersionStep(PjmTable row)
    {
        if (int.TryParse(row[PjmPriceColumn.Version], NumberStyles.Integer, CultureInfo.InvariantCulture, out var version) && version is >= 1 and <= 1000)
            return TimeSpan.FromSeconds(version - 1);
        return row[IsCurrent].Equals("false", StringComparison.OrdinalIgnoreCase) ? TimeSpan.FromMilliseconds(-1) : TimeSpan.Zero;
    }
}
