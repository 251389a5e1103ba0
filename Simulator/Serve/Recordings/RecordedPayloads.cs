using System.Globalization;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.Serve.Recordings;

/// <summary>A folder of recorded payloads, <c>&lt;iso&gt;/&lt;dataset&gt;/&lt;file&gt;</c>.</summary>
internal sealed class RecordedPayloads(string folder)
{
    /// <summary>ERCOT's products and the reports they are posted as.</summary>
    private static readonly (string Product, int Report)[] Products =
        [("np6-788", 12300), ("np6-905", 12301), ("np4-190", 12331), ("np3-560", 12311), ("np4-732", 13028), ("np4-737", 13483), ("np4-197", 13045), ("np4-196", 13044)];

    /// <summary>The file of a dataset; of several the one whose name has the digits, else the first. Null where there is none.</summary>
    /// <param name="zone">The market.</param>
    /// <param name="dataset">Name of the dataset, or its beginning when it ends in <c>*</c>.</param>
    /// <param name="endings">Endings of the file's name.</param>
    /// <param name="digits">Digits that the name must hold, such as those of a date; null where any will do.</param>
    public string? Find(MarketZone zone, string dataset, IReadOnlyList<string> endings, string? digits = null)
    {
        var market = Path.Combine(folder, zone.Name().ToLowerInvariant());
        if (dataset.Contains("..", StringComparison.Ordinal) || dataset.AsSpan().IndexOfAny('/', '\\') >= 0 || !Directory.Exists(market)) return null;

        return Directory.EnumerateDirectories(market, "*").Where(path => IsNamed(Path.GetFileName(path), dataset)).Order(StringComparer.Ordinal)
            .SelectMany(Directory.EnumerateFiles).Order(StringComparer.Ordinal)
            .FirstOrDefault(path => endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                && (digits is null || new string([.. Path.GetFileName(path).Where(char.IsAsciiDigit)]).Contains(digits, StringComparison.Ordinal)));
    }

    /// <summary>The file of an ERCOT report, CSV or a zip.</summary>
    public string? Report(int report) => Products.Where(entry => entry.Report == report)
        .Select(entry => Find(MarketZone.ERCOT, entry.Product + "*", [".zip", ".csv"])).FirstOrDefault(path => path is not null);

    /// <summary>The recorded document list of an ERCOT report.</summary>
    public string? DocumentList(string report) => Find(MarketZone.ERCOT, "mis_doc_list_" + report, [".json"]);

    /// <summary>The report that a document belongs to: the one whose number it is, or in whose recorded list it is.</summary>
    public int? ReportOf(string document)
    {
        foreach (var (_, report) in Products)
        {
            var number = report.ToString(CultureInfo.InvariantCulture);
            if (number == document || (DocumentList(number) is { } list && File.ReadAllText(list).Contains($"\"{document}\"", StringComparison.Ordinal))) return report;
        }

        return null;
    }

    private static bool IsNamed(string name, string dataset) => dataset.EndsWith('*')
        ? name.StartsWith(dataset[..^1], StringComparison.OrdinalIgnoreCase)
        : name.Equals(dataset, StringComparison.OrdinalIgnoreCase);
}
