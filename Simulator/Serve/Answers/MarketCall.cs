using Microsoft.AspNetCore.Http;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Faults;

namespace OptiBid.Simulator.Serve.Answers;

/// <summary>A call to a market on its way to an answer.</summary>
/// <param name="Http">The request.</param>
/// <param name="Zone">The market.</param>
/// <param name="Host">Kind of host.</param>
/// <param name="Feed">The feed, as faults and the log call it.</param>
/// <param name="Now">When it came in, UTC.</param>
/// <param name="Faults">The faults that strike it.</param>
internal sealed record MarketCall(HttpContext Http, MarketZone Zone, string Host, string Feed, DateTimeOffset Now, IReadOnlyList<Fault> Faults)
{
    /// <summary>Rows of data written so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether there shall seem to be no data.</summary>
    public bool IsEmpty => Faults.Any(fault => fault.Kind == FaultKind.Empty);

    /// <summary>A query parameter, its name in any case; null where absent or blank.</summary>
    public string? Parameter(string name) => Http.Request.Query.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.ToString().Trim() : null;

    /// <summary>The table as it goes out: counted, emptied or with its columns moved where a fault does that.</summary>
    /// <param name="table">The table.</param>
    /// <param name="isCsv">Whether it becomes CSV, whose header gets blanks when columns move.</param>
    public Table Shape(Table table, bool isCsv)
    {
        var shaped = table with { Rows = IsEmpty ? [] : Count(table.Rows) };
        if (Faults.All(fault => fault.Kind != FaultKind.MovedColumns)) return shaped;

        shaped = shaped.Moved();
        return isCsv ? shaped with { Columns = [.. shaped.Columns.Select(name => name + "  ")] } : shaped;
    }

    private IEnumerable<Cell[]> Count(IEnumerable<Cell[]> rows)
    {
        foreach (var row in rows)
        {
            Rows++;
            yield return row;
        }
    }
}
