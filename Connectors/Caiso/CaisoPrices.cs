using System.Globalization;
using System.Runtime.InteropServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Caiso;

/// <summary>
/// Joins OASIS rows, one per price component and in no order, into one tick per node and interval. A missing
/// component is null; without the price itself there is no tick.
/// </summary>
internal sealed class CaisoPrices(IMarketFeed feed, CaisoFeedDefinition definition, DateTimeOffset now)
{
    private readonly FeedPageBuilder _page = new(feed, definition.PriceType, now);
    private readonly Dictionary<(string Node, DateTimeOffset Start), Components> _groups = [];
    private readonly TimeSpan _interval = TimeSpan.FromMinutes(definition.PriceType.IntervalMinutes());

    /// <summary>Takes in a CSV file.</summary>
    public void AddCsv(Stream content)
    {
        using var csv = new CsvTable(feed.Name, content);
        var start = csv.Column("INTERVALSTARTTIME_GMT");
        var end = csv.Column("INTERVALENDTIME_GMT");
        var node = csv.Column("NODE", "NODE_ID");
        var type = csv.Column("LMP_TYPE");
        var value = csv.Column("MW", "VALUE", "PRC");

        while (csv.Read())
        {
            _page.CountRows();
            if (!csv.IsWhole) _page.Reject("the row is shorter than the header");
            else if (!TryTime(csv[start], out var from) || !TryTime(csv[end], out var to)) _page.Reject("INTERVALSTARTTIME_GMT or INTERVALENDTIME_GMT is not a time");
            else if (!_page.Believes(from, "INTERVALSTARTTIME_GMT")) continue;
            else if (to - from != _interval) _page.Reject($"the interval is not {_interval.TotalMinutes:0} minutes long");
            else if (!FeedNumber.TryParse(csv[value], out var number)) _page.Reject($"the {csv[type]} value is blank or not a finite number");
            else Take(csv[node], from, csv[type], number);
        }
    }

    /// <summary>
    /// The page, in the order of intervals and nodes. What is not whole yet is held back for a while, for its other components are
    /// on their way, and the cursor does not pass it.
    /// </summary>
    public FeedPage Build(DateTimeOffset cursor)
    {
        var held = DateTimeOffset.MaxValue;
        foreach (var ((node, start), parts) in _groups.OrderBy(group => group.Key.Start).ThenBy(group => group.Key.Node, StringComparer.Ordinal))
        {
            if (!parts.IsWhole && now < definition.PublishedAt(start) + definition.Patience)
            {
                held = Instants.Earlier(held, start);
                continue;
            }

            if (parts.Price is not { } price)
            {
                _page.Reject("components without an LMP row");
                continue;
            }

            var tick = _page.Tick(node, start, price, definition.PublishedAt(start)) with
            {
                EnergyCost = parts.Energy,
                CongestionCost = parts.Congestion,
                LossCost = parts.Loss,
            };
            _page.Add(tick, node, CaisoLocationTypes.FromName(node));
        }

        var page = _page.Build(cursor);
        return page with { Cursor = Instants.Later(cursor, Instants.Earlier(page.Cursor, held)) };
    }

    private void Take(string node, DateTimeOffset start, string type, double number)
    {
        ref var parts = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, (node, start), out _);
        switch (type.ToUpperInvariant())
        {
            case "LMP": parts.Price = number; break;
            case "MCE": parts.Energy = number; break;
            case "MCC": parts.Congestion = number; break;
            case "MCL": parts.Loss = number; break;
            default: break; // Greenhouse-gas cost and whatever else comes is no part of the contract.
        }
    }

    private static bool TryTime(string text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text,
        ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss'Z'"],
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
        out time);

    private struct Components
    {
        public double? Price;
        public double? Energy;
        public double? Congestion;
        public double? Loss;

        public readonly bool IsWhole => Price is not null && Energy is not null && Congestion is not null && Loss is not null;
    }
}
