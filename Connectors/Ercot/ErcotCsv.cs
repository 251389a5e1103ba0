using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>Turns ERCOT's price files into ticks. ERCOT publishes no components.</summary>
internal sealed class ErcotCsv(IMarketFeed feed, PriceType type, DateTimeOffset publishedAt, DateTimeOffset now)
{
    private static readonly TimeSpan DispatchInterval = TimeSpan.FromMinutes(5);

    private readonly FeedPageBuilder _page = new(feed, type, now);

    /// <summary>Takes in a file.</summary>
    public void Add(Stream content)
    {
        using var csv = new CsvTable(feed.Name, content);
        var read = type == PriceType.RealTime5Min ? DispatchRows(csv) : SettlementRows(csv);
        while (csv.Read())
        {
            _page.CountRows();
            if (csv.IsWhole) read();
            else _page.Reject("the row is shorter than the header");
        }
    }

    /// <summary>The page.</summary>
    public FeedPage Build(DateTimeOffset cursor) => _page.Build(cursor);

    private Action SettlementRows(CsvTable csv)
    {
        var date = csv.Column("DeliveryDate");
        var hour = csv.Column("DeliveryHour");
        var quarter = csv.Column("DeliveryInterval");
        var name = csv.Column("SettlementPointName", "SettlementPoint");
        var type = csv.Column("SettlementPointType");
        var price = csv.Column("SettlementPointPrice");
        var flag = csv.Column("DSTFlag");
        return () =>
        {
            if (!ErcotLabels.TryHour(csv[date], csv[hour], csv[flag], out var label) || !int.TryParse(csv[quarter], out var number))
                _page.Reject("DeliveryDate, DeliveryHour, DeliveryInterval or DSTFlag cannot be read");
            else if (!new QuarterHour(label, number).TryToUtc(MarketClocks.Central, out var start))
                _page.Reject("DeliveryHour and DeliveryInterval name an interval the day does not have");
            else if (_page.Believes(start, "DeliveryDate"))
                Take(csv[name], csv[type], start, csv[price], "SettlementPointPrice");
        };
    }

    /// <summary>
    /// A dispatch run starts some seconds off the five minutes it stands for, on either side, so its time is
    /// rounded to the nearest.
    /// </summary>
    private Action DispatchRows(CsvTable csv)
    {
        var time = csv.Column("SCEDTimestamp");
        var flag = csv.Column("RepeatedHourFlag");
        var name = csv.Column("SettlementPoint", "SettlementPointName");
        var price = csv.Column("LMP");
        return () =>
        {
            if (!ErcotLabels.TryTime(csv[time], csv[flag], out var local, out var repeated))
                _page.Reject("SCEDTimestamp or RepeatedHourFlag cannot be read");
            else if (!WallClock.TryToUtc(local, repeated, MarketClocks.Central, out var run))
                _page.Reject("SCEDTimestamp is a time the day does not have");
            else if (_page.Believes(run, "SCEDTimestamp"))
                Take(csv[name], null, run.Round(DispatchInterval), csv[price], "LMP");
        };
    }

    private void Take(string name, string? type, DateTimeOffset start, string text, string column)
    {
        if (!FeedNumber.TryParse(text, out var price))
        {
            _page.Reject($"{column} is blank or not a finite number");
            return;
        }

        var location = SettlementPoint.Location(name, type);
        _page.Add(_page.Tick(location, start, price, publishedAt), name, SettlementPoint.Type(name, type));
    }
}
