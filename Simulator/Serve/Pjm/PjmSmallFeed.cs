using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;

namespace OptiBid.Simulator.Serve.Pjm;

/// <summary>A feed of Data Miner 2 whose rows are few enough to be filtered and sorted one by one.</summary>
/// <param name="name">Its name in the address.</param>
/// <param name="columns">Its columns.</param>
/// <param name="rows">Its rows within a range of time, and now; the range is of <paramref name="timeColumn"/>.</param>
/// <param name="timeColumn">The UTC column that bounds the rows; its <c>_ept</c> twin does as well. Null where the feed has none.</param>
/// <param name="usual">The range where no time is asked for; null where PJM insists on one.</param>
internal sealed class PjmSmallFeed(
    string name, IReadOnlyList<string> columns, Func<DateTimeOffset, DateTimeOffset, DateTimeOffset, IEnumerable<Cell[]>> rows, string? timeColumn,
    Func<DateTimeOffset, (DateTimeOffset From, DateTimeOffset To)>? usual) : IPjmFeed
{
    public string Name => name;

    public IReadOnlyList<string> Columns => columns;

    public PjmSelection Select(PjmQuery query, DateTimeOffset now)
    {
        var (from, to) = Range(query, now);
        var selected = rows(from, to, now).Where(row => Passes(query, row, now));
        if (query.Sort is { } sort)
        {
            var column = Index(sort);
            selected = query.IsDescending ? selected.OrderByDescending(row => Key(row[column])) : selected.OrderBy(row => Key(row[column]));
        }

        Cell[][] all = [.. selected];
        return new PjmSelection(all.Length, (skip, take) => all.Skip((int)Math.Min(skip, int.MaxValue)).Take(take));
    }

    private (DateTimeOffset From, DateTimeOffset To) Range(PjmQuery query, DateTimeOffset now)
    {
        foreach (var column in timeColumn is null ? [] : new[] { timeColumn, timeColumn[..^3] + "ept" })
        {
            if (query.Filters.TryGetValue(column, out var text)) return PjmTimes.Range(column, text, now);
        }

        if (usual is not null) return usual(now);
        throw new PjmError("Filters", $"A datetime is missing. Please input values for {timeColumn![..^3]}ept or {timeColumn}", "datetime_filter");
    }

    private bool Passes(PjmQuery query, Cell[] row, DateTimeOffset now)
    {
        foreach (var (column, text) in query.Filters)
        {
            var cell = row[Index(column)];
            if (cell.Kind == CellKind.Time)
            {
                var (from, to) = PjmTimes.Range(column, text, now);
                var time = column.EndsWith("_ept", StringComparison.Ordinal)
                    ? WallClock.TryToUtc(cell.Time, repeated: false, MarketClocks.Eastern, out var eastern) ? eastern : default
                    : new DateTimeOffset(DateTime.SpecifyKind(cell.Time, DateTimeKind.Utc));
                if (time < from || time > to) return false;
            }
            else if (!query.Passes(column, cell.Text))
            {
                return false;
            }
        }

        return true;
    }

    private int Index(string column) => columns.Index().First(entry => entry.Item == column).Index;

    private static (DateTime Time, double Number, string Text) Key(Cell cell) => cell.Kind switch
    {
        CellKind.Time => (cell.Time, 0, ""),
        CellKind.Number => (default, double.Parse(cell.Text, System.Globalization.CultureInfo.InvariantCulture), ""),
        _ => (default, 0, cell.Text),
    };
}
