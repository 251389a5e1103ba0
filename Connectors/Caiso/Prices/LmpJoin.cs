using System.Runtime.InteropServices;
using OptiBid.Connectors.Caiso.Directory;
using OptiBid.Connectors.Caiso.Oasis;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;

namespace OptiBid.Connectors.Caiso.Prices;

/// <summary>
/// Joins OASIS rows, one per price component and in no order, into one tick per node and interval. A missing component is null;
/// without the price itself there is no tick.
/// </summary>
/// <remarks>
/// A day of all nodes is two million rows, so nothing is kept of a row but its number: an array of components per interval, a
/// place in it per node. Ticks are made page by page as they are asked for.
/// </remarks>
internal sealed class LmpJoin(IMarketFeed feed, CaisoFeedDefinition definition, DateTimeOffset now)
{
    /// <summary>Ticks of a page at the most.</summary>
    public const int PageTicks = 10_000;

    private readonly OasisTime _times = new();
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly SortedDictionary<DateTimeOffset, LmpParts[]> _intervals = [];
    private FeedPageBuilder _page = new(feed, definition.PriceType, now);

    /// <summary>
    /// Start of the first interval that is not whole and may become so: the cursor must not pass it. Known once all pages are made.
    /// </summary>
    public DateTimeOffset Held { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>Whether no row has been taken in.</summary>
    public bool IsEmpty => _intervals.Count == 0;

    /// <summary>Takes in a CSV file.</summary>
    public void Add(Stream content)
    {
        using var csv = new CsvTable(feed.Name, content);
        var start = csv.Column("INTERVALSTARTTIME_GMT", "INTERVAL_START_GMT");
        var end = csv.Column("INTERVALENDTIME_GMT", "INTERVAL_END_GMT");
        var node = csv.Column("NODE", "NODE_ID", "NODE_ID_XML");
        var type = csv.Column("LMP_TYPE");
        var value = csv.Column("MW", "VALUE", "PRC");

        while (csv.Read())
        {
            _page.CountRows();
            if (!csv.IsWhole) _page.Reject("the row is shorter than the header");
            else if (!_times.TryRead(csv[start], out var from) || !_times.TryRead(csv[end], out var to)) _page.Reject("INTERVALSTARTTIME_GMT or INTERVALENDTIME_GMT is not a time");
            else if (!_page.Believes(from, "INTERVALSTARTTIME_GMT")) continue;
            else if (to - from != definition.Interval) _page.Reject($"the interval is not {definition.Interval.TotalMinutes:0} minutes long");
            else if (!FeedNumber.TryParse(csv[value], out var number)) _page.Reject($"the {csv[type]} value is blank or not a finite number");
            else Take(csv[node], from, csv[type], number);
        }
    }

    /// <summary>
    /// The pages, in the order of intervals and nodes; at least one. What is not whole yet is held back for a while, for its other
    /// components are on their way. A page's cursor stands behind the last interval that lies in it whole.
    /// </summary>
    /// <param name="range">The range asked for: of a closed one nothing else comes.</param>
    /// <param name="barrier">What the cursor must not pass besides.</param>
    /// <param name="publishedAt">When an interval was published; null for one that is passed over.</param>
    public IEnumerable<FeedPage> Pages(FeedRange range, DateTimeOffset barrier, Func<DateTimeOffset, DateTimeOffset?> publishedAt)
    {
        var reached = range.From;
        string[] nodes = [.. _places.OrderBy(place => place.Value).Select(place => place.Key)];
        int[] order = [.. Enumerable.Range(0, nodes.Length).OrderBy(place => nodes[place], StringComparer.Ordinal)];
        foreach (var (start, parts) in _intervals)
        {
            if (!range.Wants(start) || publishedAt(start) is not { } published) continue;
            var isMet = false;
            foreach (var place in order)
            {
                if (place >= parts.Length || !parts[place].IsMet) continue;
                isMet |= Add(nodes[place], start, parts[place], published);
                if (_page.Count < PageTicks) continue;
                yield return Page(range.From, reached, barrier);
                _page = new FeedPageBuilder(feed, definition.PriceType, now);
            }

            if (isMet) reached = Instants.Later(reached, Instants.Earlier(start + definition.Interval, Held));
        }

        yield return Page(range.From, reached, barrier);
    }

    /// <summary>Makes a tick; false where there is none, or none yet.</summary>
    private bool Add(string node, DateTimeOffset start, in LmpParts parts, DateTimeOffset published)
    {
        if (!parts.IsWhole && now < definition.PublishedAt(start) + definition.Patience)
        {
            Held = Instants.Earlier(Held, start);
            return false;
        }

        if (parts.Price is not { } price)
        {
            _page.Reject("components without an LMP row");
            return false;
        }

        var tick = _page.Tick(node, start, price, published) with { EnergyCost = parts.Energy, CongestionCost = parts.Congestion, LossCost = parts.Loss };
        _page.Add(tick, node, CaisoLocationTypes.FromName(node));
        return true;
    }

    private FeedPage Page(DateTimeOffset from, DateTimeOffset reached, DateTimeOffset barrier) =>
        _page.Build(from) with { Cursor = Instants.Later(from, Instants.Earlier(reached, Instants.Earlier(Held, barrier))) };

    private void Take(string node, DateTimeOffset start, string type, double number)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, node, out var isKnown);
        if (!isKnown) place = _places.Count - 1;
        var parts = _intervals.GetValueOrDefault(start, []);
        if (place >= parts.Length)
        {
            Array.Resize(ref parts, Math.Max(place + 1, Math.Max(16, parts.Length * 2)));
            _intervals[start] = parts;
        }

        _ = parts[place].Take(type, number);
    }
}
