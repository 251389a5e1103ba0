using System.Globalization;
using System.Runtime.InteropServices;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Feeds;

/// <summary>Gathers one payload's rows into a <see cref="FeedPage"/>: what every market's rows must satisfy stands here.</summary>
/// <param name="feed">The feed that reads.</param>
/// <param name="type">The price series.</param>
/// <param name="now">When, UTC.</param>
/// <param name="expected">Ticks that are likely to come; any number may.</param>
internal sealed class FeedPageBuilder(IMarketFeed feed, PriceType type, DateTimeOffset now, int expected = 0)
{
    private const int ReasonsKept = 20;

    /// <summary>What rounding may add up to, $/MWh.</summary>
    private const double Cent = 0.01 + 1e-9;

    private readonly List<PriceTick> _ticks = new(expected);
    private readonly Dictionary<string, MarketLocation> _locations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _rejections = new(StringComparer.Ordinal);
    private int _rows;
    private int _mismatches;
    private string? _mismatch;

    /// <summary>Ticks taken so far.</summary>
    public int Count => _ticks.Count;

    /// <summary>Counts rows of the payload.</summary>
    public void CountRows(int rows = 1) => _rows += rows;

    /// <summary>Refuses a row.</summary>
    /// <param name="reason">Column and what was wrong with it, in words that repeat from row to row.</param>
    public void Reject(string reason)
    {
        if (_rejections.Count >= ReasonsKept && !_rejections.ContainsKey(reason)) reason = "other reasons";
        _rejections[reason] = _rejections.GetValueOrDefault(reason) + 1;
    }

    /// <summary>
    /// Whether an interval may start then; refuses the row when not. To be asked before anything is computed from the
    /// time: sentinels such as 9999-12-31 lie at the edge of what a time can be.
    /// </summary>
    /// <param name="start">The start, UTC.</param>
    /// <param name="field">The field it stood in.</param>
    public bool Believes(DateTimeOffset start, string field)
    {
        var ahead = TimeLimits.Ahead(type);
        if (start < TimeLimits.Earliest) Reject($"{field} is before {TimeLimits.Earliest.Year}");
        else if (start - now > ahead) Reject($"{field} is more than {ahead.TotalHours:0} h ahead");
        else return true;

        return false;
    }

    /// <summary>Takes a tick, or refuses it.</summary>
    public void Add(in PriceTick tick, string name, LocationType kind, string? hub = null)
    {
        if (!LocationId.IsValidLocation(tick.Location))
        {
            Reject("the location is blank, too long or holds control characters");
        }
        else if (!double.IsFinite(tick.Price))
        {
            Reject("the price is not a finite number");
        }
        else if (Believes(tick.Timestamp, "the interval's start"))
        {
            _ticks.Add(tick);
            Meet(tick, name.Length > 0 ? name : tick.Location, kind, hub);
            Check(tick);
        }
    }

    /// <summary>The page.</summary>
    /// <param name="cursor">Where the feed was before; the page's is never earlier.</param>
    /// <param name="order">Order to publish in; by interval and then as read where left out.</param>
    public FeedPage Build(DateTimeOffset cursor, Comparison<PriceTick>? order = null)
    {
        order ??= (one, other) => one.Timestamp.CompareTo(other.Timestamp);
        PriceTick[] ticks = IsOrdered(order) ? [.. _ticks] : [.. _ticks.Order(Comparer<PriceTick>.Create(order))];
        foreach (var tick in ticks)
            cursor = Instants.Later(cursor, tick.Timestamp.AddMinutes(tick.IntervalMinutes));

        return new FeedPage
        {
            Ticks = ticks,
            Locations = _locations.Values,
            Cursor = cursor,
            RowsRead = _rows,
            Rejections = _rejections,
            Warning = _mismatch is null ? null : $"{feed.Name}: {_mismatches} prices are not the sum of their components within a cent, such as {_mismatch}",
        };
    }

    /// <summary>A tick of the feed with what is common to all its rows.</summary>
    public PriceTick Tick(string location, DateTimeOffset start, double price, DateTimeOffset publishedAt) => new()
    {
        Timestamp = start,
        MarketZone = feed.Zone,
        PriceType = type,
        Location = location,
        IntervalMinutes = type.IntervalMinutes(),
        Price = price,
        PublishedAt = publishedAt,
        Source = feed.Name,
    };

    private bool IsOrdered(Comparison<PriceTick> order)
    {
        for (var i = 1; i < _ticks.Count; i++)
        {
            if (order(_ticks[i - 1], _ticks[i]) > 0) return false;
        }

        return true;
    }

    /// <summary>Notes a place; the same in many rows is noted once.</summary>
    private void Meet(in PriceTick tick, string name, LocationType kind, string? hub)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_locations, tick.Location, out _);
        if (place is null || place.Name != name || place.Type != kind || place.Hub != hub) place = new MarketLocation(tick.LocationId, name, kind, hub);
    }

    /// <summary>A price whose components do not add up is passed on as the market has it, and told.</summary>
    private void Check(in PriceTick tick)
    {
        if (tick is not { EnergyCost: { } energy, CongestionCost: { } congestion, LossCost: { } loss }) return;
        var sum = energy + congestion + loss;
        if (Math.Abs(sum - tick.Price) <= Cent) return;
        _mismatches++;
        _mismatch ??= string.Create(CultureInfo.InvariantCulture, $"{tick.Location} at {tick.Timestamp:u}: {tick.Price} against {sum:0.######}");
    }
}
