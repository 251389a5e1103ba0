using System.Text;

namespace OptiBid.Simulator.Serve.Answers;

/// <summary>Tables as CSV.</summary>
internal static class CsvText
{
    /// <summary>Header and rows, a line each.</summary>
    /// <param name="table">The table.</param>
    /// <param name="newLine">What ends a line.</param>
    /// <param name="quotedHeader">Whether the names stand in quotation marks.</param>
    /// <param name="time">How times are written.</param>
    /// <param name="flag">How true and false are written.</param>
    public static IEnumerable<string> Lines(
        Table table, string newLine = "\n", bool quotedHeader = false, Func<DateTime, string>? time = null, Func<bool, string>? flag = null)
    {
        yield return string.Join(',', quotedHeader ? table.Columns.Select(name => $"\"{name}\"") : table.Columns) + newLine;

        var line = new StringBuilder();
        foreach (var row in table.Rows)
        {
            line.Clear();
            for (var i = 0; i < row.Length; i++)
            {
                if (i > 0) line.Append(',');
                _ = row[i].Kind switch
                {
                    CellKind.Quoted => line.Append('"').Append(row[i].Text).Append('"'),
                    CellKind.Time => line.Append(time!(row[i].Time)),
                    CellKind.Flag when flag is not null => line.Append(flag(row[i].Text == "true")),
                    _ => line.Append(row[i].Text),
                };
            }

            yield return line.Append(newLine).ToString();
        }
    }
}
