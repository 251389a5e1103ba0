using System.Globalization;
using System.Text;
using OptiBid.Simulator.Serve.Answers;

namespace OptiBid.Simulator.Serve.Ercot;

/// <summary>What the public API puts around the rows of a page.</summary>
/// <param name="Path">Product and report, as in the address.</param>
/// <param name="Id">Number of the report.</param>
/// <param name="Title">What it is called.</param>
/// <param name="SortedBy">How its rows are sorted.</param>
/// <param name="Fields">Its columns: name, label, type.</param>
internal sealed record ErcotEnvelope(string Path, int Id, string Title, string SortedBy, (string Name, string Label, string Type)[] Fields)
{
    private const string Json = "application/json";
    private const int MostRows = 1_000_000;

    /// <summary>A page of rows.</summary>
    /// <param name="call">The call.</param>
    /// <param name="total">Rows there are in all.</param>
    /// <param name="page">Gives rows: how many to pass over, how many at the most.</param>
    public Answer Page(MarketCall call, long total, Func<long, int, IEnumerable<Cell[]>> page)
    {
        if (Paging(call) is not { } paging) return Bad("page and size must be positive numbers, size at most 1000000");
        if (call.IsEmpty) total = 0;
        var table = call.Shape(new Table([.. Fields.Select(field => field.Name)], page((paging.Page - 1L) * paging.Size, paging.Size)), isCsv: false);
        var labels = Fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
        var fields = table.Columns.Select((name, i) =>
        {
            var (_, label, type) = labels.GetValueOrDefault(name, (name, name, "VARCHAR"));
            var hasRange = type is "VARCHAR" or "BOOLEAN" ? "false" : "true";
            return $$"""{"name":"{{name}}","label":"{{label}}","cardinality":{{i + 1}},"dataType":"{{type}}","searchable":true,"sortable":true,"hasRange":{{hasRange}}}""";
        });
        var (product, report) = (Path.Split('/')[0].ToUpperInvariant(), Path.Split('/')[1]);
        var head = $$"""
            {{{Meta(call, total, paging, SortedBy)}},"report":{"reportName":"{{report}}","reportDisplayName":"{{Title}}","reportId":"{{Id}}","reportEMIL":"{{product}}","downloadLimit":2000000},"fields":[{{string.Join(',', fields)}}],"data":
            """;
        return Answer.Text(Json, JsonText.Arrays(table).Prepend(head).Append(Links(call)));
    }

    /// <summary>Page and size asked for; null when they cannot be read.</summary>
    public static (int Page, int Size)? Paging(MarketCall call) =>
        TryNumber(call, "page", 1, int.MaxValue, out var page) && TryNumber(call, "size", 1_000, MostRows, out var size) ? (page, size) : null;

    /// <summary>The field <c>_meta</c>.</summary>
    public static string Meta(MarketCall call, long total, (int Page, int Size) paging, string sortedBy)
    {
        var given = call.Http.Request.Query.Where(pair => pair.Key is not ("page" or "size" or "sort" or "dir")).ToArray();
        var text = new StringBuilder("\"_meta\":{");
        text.Append(CultureInfo.InvariantCulture, $"\"totalRecords\":{total},\"pageSize\":{paging.Size},\"totalPages\":{(total + paging.Size - 1) / paging.Size},\"currentPage\":{paging.Page},");
        text.Append(CultureInfo.InvariantCulture, $"\"query\":{{\"parameterCount\":{given.Length},\"parameters\":{{");
        text.AppendJoin(',', given.Select(pair => $"{JsonText.Quote(pair.Key)}:{JsonText.Quote(pair.Value.ToString())}"));
        return text.Append("},\"sortedBy\":\"").Append(sortedBy).Append("\"}}").ToString();
    }

    /// <summary>The end of an answer: its links.</summary>
    public static string Links(MarketCall call)
    {
        var address = $"{call.Http.Request.Scheme}://{call.Http.Request.Host}{call.Http.Request.Path}";
        return ",\"_links\":{\"self\":{\"href\":\"" + address + "\"},\"parent\":{\"href\":\"" + address[..address.LastIndexOf('/')] + "\"}}}";
    }

    /// <summary>A refusal.</summary>
    public static Answer Bad(string message) =>
        Answer.Text(Json, "{\"code\":400,\"status\":\"BAD_REQUEST\",\"message\":" + JsonText.Quote(message) + ",\"data\":{}}", 400);

    private static bool TryNumber(MarketCall call, string name, int usual, int most, out int number)
    {
        number = usual;
        return call.Parameter(name) is not { } text || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1 && number <= most);
    }
}
