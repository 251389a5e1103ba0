namespace OptiBid.Simulator.Serve.Answers;

/// <summary>Named columns and rows of cells.</summary>
/// <param name="Columns">Names, as the market writes them.</param>
/// <param name="Rows">Rows, computed as they are read.</param>
internal sealed record Table(IReadOnlyList<string> Columns, IEnumerable<Cell[]> Rows)
{
    private const string Extra = "NEW_COLUMN";

    /// <summary>Some of the columns, in this table's order.</summary>
    public Table Only(Func<string, bool> wanted)
    {
        int[] kept = [.. Enumerable.Range(0, Columns.Count).Where(i => wanted(Columns[i]))];
        return kept.Length == Columns.Count ? this : new([.. kept.Select(i => Columns[i])], Rows.Select(row => Pick(row, kept)));
    }

    /// <summary>The same data after the market has moved its columns: in reverse, and with one more in front.</summary>
    public Table Moved()
    {
        int[] reversed = [.. Enumerable.Range(0, Columns.Count).Reverse()];
        return new([Extra, .. reversed.Select(i => Columns[i])], Rows.Select(row => (Cell[])[Cell.Of("x"), .. Pick(row, reversed)]));
    }

    private static Cell[] Pick(Cell[] row, int[] columns)
    {
        var picked = new Cell[columns.Length];
        for (var i = 0; i < columns.Length; i++) picked[i] = row[columns[i]];
        return picked;
    }
}
