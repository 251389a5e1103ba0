namespace OptiBid.Connectors.Ercot;

/// <summary>Rows with named columns, as ERCOT's files and its public API both have them.</summary>
internal interface IErcotTable : IDisposable
{
    /// <summary>True when the row has a value for every column.</summary>
    bool IsWhole { get; }

    /// <summary>The row's value in a column as text, blanks taken off; empty for null.</summary>
    string this[int column] { get; }

    /// <summary>Goes to the next row.</summary>
    bool Read();

    /// <summary>The number of a column that must be there; of several names the first found, case aside.</summary>
    int Column(params ReadOnlySpan<string> names);

    /// <summary>The number of a column, or -1.</summary>
    int Find(params ReadOnlySpan<string> names);
}
