using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OptiBid.Simulator.Serve.Answers;

/// <summary>Tables as JSON, numbers with the decimals the market writes.</summary>
internal static class JsonText
{
    /// <summary>An array of objects, in pieces.</summary>
    public static IEnumerable<string> Objects(Table table)
    {
        string[] names = [.. table.Columns.Select(name => Quote(name) + ":")];
        var text = new StringBuilder("[");
        var isFirst = true;
        foreach (var row in table.Rows)
        {
            if (!isFirst) text.Append(',');
            isFirst = false;
            for (var i = 0; i < row.Length; i++)
            {
                text.Append(i == 0 ? '{' : ',').Append(names[i]);
                Append(text, row[i]);
            }

            yield return text.Append('}').ToString();
            text.Clear();
        }

        yield return text.Append(']').ToString();
    }

    /// <summary>An array of arrays, in pieces.</summary>
    public static IEnumerable<string> Arrays(Table table)
    {
        var text = new StringBuilder("[");
        var isFirst = true;
        foreach (var row in table.Rows)
        {
            if (!isFirst) text.Append(',');
            isFirst = false;
            for (var i = 0; i < row.Length; i++)
            {
                text.Append(i == 0 ? '[' : ',');
                Append(text, row[i]);
            }

            yield return text.Append(']').ToString();
            text.Clear();
        }

        yield return text.Append(']').ToString();
    }

    /// <summary>A text as JSON.</summary>
    public static string Quote(string text) => JsonSerializer.Serialize(text, ServeJson.Options);

    private static void Append(StringBuilder text, Cell cell) => _ = cell.Kind switch
    {
        CellKind.Null => text.Append("null"),
        CellKind.Number or CellKind.Flag => text.Append(cell.Text),
        CellKind.Time => text.Append('"').Append(cell.Time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)).Append('"'),
        _ => text.Append(Quote(cell.Text)),
    };
}
