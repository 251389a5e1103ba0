using System.Globalization;
using System.Text;
using OptiBid.Simulator.Serve.Answers;

namespace OptiBid.Simulator.Serve.Ercot;

/// <summary>
/// ERCOT's file interface: the list of a report's documents, the newest first and each as CSV and XML, and the documents.
/// </summary>
internal sealed class ErcotDocuments(IReadOnlyList<ErcotReport> reports)
{
    private const long MinuteDigits = 100_000_000;
    private const long EditionDigits = 1_000;

    /// <summary>The list.</summary>
    public Answer List(MarketCall call)
    {
        var report = reports.FirstOrDefault(report => report.Id.ToString(CultureInfo.InvariantCulture) == call.Feed);
        ErcotPosting[] postings = report is null || call.IsEmpty ? [] : [.. Posted(report, call.Now - report.Kept, call.Now).OrderByDescending(posting => posting.PostedAt)];
        var entries = postings.SelectMany(posting => new[] { Entry(report!, posting, "csv"), Entry(report!, posting, "xml") });
        return Answer.Text("application/json", Pieces(entries)) with { LastModified = postings.Length > 0 ? postings[0].PostedAt : null };
    }

    /// <summary>The report a document belongs to; null for an unknown one.</summary>
    public ErcotReport? ReportOf(string? id) => TryRead(id, out var report, out _, out _, out _) ? report : null;

    /// <summary>A document.</summary>
    public Answer Document(MarketCall call, string? id)
    {
        if (!TryRead(id, out var report, out var covers, out var edition, out var isXml)) return Refusals.NoSuchFile();

        var posting = report.Postings(covers, covers.AddMinutes(1)).FirstOrDefault(posting => posting.Covers == covers && posting.Edition == edition && posting.PostedAt <= call.Now);
        if (posting is null) return Refusals.NoSuchFile();

        var format = isXml ? "xml" : "csv";
        var table = call.Shape(posting.Table(), !isXml);
        var stamp = ErcotTimes.Central(posting.PostedAt);
        var member = string.Create(CultureInfo.InvariantCulture, $"cdr.{report.Id:00000000}.0000000000000000.{stamp:yyyyMMdd}.{stamp:HHmmss}.{posting.Name}.{format}");
        return Answer.Zip(Constructed(report, posting, format), stamp, (member, isXml ? Xml(table) : CsvText.Lines(table)));
    }

    /// <summary>What a report has been posted as after an instant, up to another.</summary>
    public static IEnumerable<ErcotPosting> Posted(ErcotReport report, DateTimeOffset from, DateTimeOffset to) =>
        report.Postings(from - report.Ahead, to + report.After).Where(posting => posting.PostedAt > from && posting.PostedAt <= to);

    private static IEnumerable<string> Pieces(IEnumerable<string> entries)
    {
        var isFirst = true;
        foreach (var entry in entries)
        {
            yield return isFirst ? "{\"ListDocsByRptTypeRes\":{\"DocumentList\":[" : ",";
            isFirst = false;
            yield return entry;
        }

        yield return isFirst ? "{\"ListDocsByRptTypeRes\":{}}" : "]}}";
    }

    private string Entry(ErcotReport report, ErcotPosting posting, string format)
    {
        var posted = ErcotTimes.WithOffset(posting.PostedAt, "yyyy-MM-dd'T'HH:mm:ss", colon: true);
        // ERCOT writes the daylight offset in the repeated hour, too; only the name tells.
        if (ErcotTimes.IsRepeated(posting.PostedAt)) posted = posted.Replace("-06:00", "-05:00", StringComparison.Ordinal);
        var expires = ErcotTimes.WithOffset(posting.PostedAt + report.Kept, "yyyy-MM-dd'T'23:59:59", colon: true);
        var text = new StringBuilder("{\"Document\":{");
        text.Append(CultureInfo.InvariantCulture, $"\"ExpiredDate\":\"{expires}\",\"ILMStatus\":\"EXT\",\"SecurityStatus\":\"P\",\"ContentSize\":\"10563\",\"Extension\":\"zip\",");
        text.Append(CultureInfo.InvariantCulture, $"\"ReportTypeID\":\"{report.Id}\",\"Prefix\":\"cdr\",\"FriendlyName\":\"{posting.Name}_{format}\",\"ConstructedName\":\"{Constructed(report, posting, format)}\",");
        text.Append(CultureInfo.InvariantCulture, $"\"DocID\":\"{Id(report, posting, format)}\",\"PublishDate\":\"{posted}\",\"ReportName\":{JsonText.Quote(report.Title)},\"DUNS\":\"0000000000000000\",\"DocCount\":\"0\"}}}}");
        return text.ToString();
    }

    private static string Constructed(ErcotReport report, ErcotPosting posting, string format) => string.Create(
        CultureInfo.InvariantCulture, $"cdr.{report.Id:00000000}.0000000000000000.{ErcotTimes.Central(posting.PostedAt):yyyyMMdd.HHmmssfff}.{posting.Name}_{format}.zip");

    /// <summary>Report and format, the minute it covers, edition: everything needed to make the document again.</summary>
    public long Id(ErcotReport report, ErcotPosting posting, string format)
    {
        var head = 10 + reports.Index().First(entry => entry.Item == report).Index * 2 + (format == "xml" ? 1 : 0);
        return (head * MinuteDigits + posting.Covers.ToUnixTimeSeconds() / 60) * EditionDigits + posting.Edition;
    }

    private bool TryRead(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ErcotReport? report, out DateTimeOffset covers, out int edition, out bool isXml)
    {
        (report, covers, edition, isXml) = (null, default, 0, false);
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return false;

        edition = (int)(id % EditionDigits);
        var rest = id / EditionDigits;
        covers = DateTimeOffset.FromUnixTimeSeconds(rest % MinuteDigits * 60);
        var head = rest / MinuteDigits - 10;
        if (head < 0 || head / 2 >= reports.Count) return false;
        report = reports[(int)(head / 2)];
        isXml = head % 2 == 1;
        return true;
    }

    private static IEnumerable<string> Xml(Table table)
    {
        yield return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Rows>\n";
        foreach (var row in table.Rows)
        {
            var text = new StringBuilder("<Row>");
            foreach (var (i, column) in table.Columns.Index())
                text.Append('<').Append(column.Trim()).Append('>').Append(System.Security.SecurityElement.Escape(row[i].Text.Trim())).Append("</").Append(column.Trim()).Append('>');
            yield return text.Append("</Row>\n").ToString();
        }

        yield return "</Rows>\n";
    }
}
