using OptiBid.Connectors.Feeds;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>Turns a forecast's rows into hours of the zone.</summary>
internal sealed class ErcotForecastRows(ErcotForecast forecast, DateTimeOffset publishedAt)
{
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(30);

    private readonly List<Fundamental> _hours = [];
    private readonly Dictionary<string, int> _rejections = new(StringComparer.Ordinal);
    private int _rows;

    /// <summary>Takes in a table. An hour that is blank has no forecast; of several models the one in use counts.</summary>
    public void Add(IErcotTable table)
    {
        var date = table.Column(ErcotColumns.Date);
        var hour = table.Column(ErcotColumns.Hour);
        var flag = table.Column(ErcotColumns.Flag);
        var value = table.Column(forecast.Columns);
        var inUse = table.Find("InUseFlag", "IN_USE_FLAG", "InUse");
        while (table.Read())
        {
            _rows++;
            if (!table.IsWhole)
                Reject("the row is shorter than the header");
            else if (inUse >= 0 && table[inUse].ToUpperInvariant() is not ("Y" or "TRUE" or "1"))
                continue;
            else if (!ErcotLabels.TryHour(table[date], table[hour], table[flag], out var label))
                Reject("the delivery date, hour or DSTFlag cannot be read");
            else if (!label.TryToUtc(MarketClocks.Central, out var start))
                Reject("the delivery date and hour name an hour the day does not have");
            else if (start < TimeLimits.Earliest || start > publishedAt + Furthest)
                Reject("the delivery date is before 2000 or more than 30 days ahead");
            else if (FeedNumber.TryParse(table[value], out var megawatts))
                _hours.Add(new Fundamental(forecast.Kind, start, 60, megawatts, publishedAt));
            else if (table[value].Length > 0)
                Reject($"{forecast.Columns[0]} is not a finite number");
        }
    }

    /// <summary>The page. Its cursor is the time of publication.</summary>
    public FeedPage Build() => new() { Fundamentals = _hours, Cursor = publishedAt, RowsRead = _rows, Rejections = _rejections };

    private void Reject(string reason) => _rejections[reason] = _rejections.GetValueOrDefault(reason) + 1;
}
