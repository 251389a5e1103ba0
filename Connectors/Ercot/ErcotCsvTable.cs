using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Ercot;

/// <summary>The rows of one of ERCOT's CSV files.</summary>
internal sealed class ErcotCsvTable(string feed, Stream content) : IErcotTable
{
    private readonly CsvTable _csv = new(feed, content);

    public bool IsWhole => _csv.IsWhole;

    public string this[int column] => _csv[column];

    public bool Read() => _csv.Read();

    public int Column(params ReadOnlySpan<string> names) => _csv.Column(names);

    public int Find(params ReadOnlySpan<string> names) => _csv.Find(names);

    public void Dispose() => _csv.Dispose();
}
