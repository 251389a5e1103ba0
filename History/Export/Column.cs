using System.Buffers;

namespace OptiBid.History.Export;

/// <summary>Takes a value out of a row.</summary>
public delegate TValue Getter<TRow, out TValue>(in TRow row);

/// <summary>
/// A column of a table of rows, described once for every format: its name, its type and where its value is. A row kind
/// is a list of them; <see cref="CsvTable{TRow}"/> and <see cref="ParquetTable{TRow}"/> write it.
/// </summary>
public abstract class Column<TRow>
{
    private protected Column(string name) => Name = name;

    /// <summary>Its name, as in the JSON.</summary>
    public string Name { get; }

    /// <summary>A column of text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="get">Its value.</param>
    /// <param name="isRequired">Whether it is never null.</param>
    public static Column<TRow> Text(string name, Getter<TRow, string?> get, bool isRequired = false) => new TextColumn<TRow>(name, isRequired, get);

    /// <summary>A column of instants, UTC, to the microsecond.</summary>
    /// <inheritdoc cref="Text"/>
    public static Column<TRow> Time(string name, Getter<TRow, DateTimeOffset?> get, bool isRequired = false) => new TimeColumn<TRow>(name, isRequired, get);

    /// <summary>A column of whole numbers.</summary>
    /// <inheritdoc cref="Text"/>
    public static Column<TRow> Integer(string name, Getter<TRow, int?> get, bool isRequired = false) => new NumberColumn<TRow, int>(name, isRequired, get);

    /// <summary>A column of numbers.</summary>
    /// <inheritdoc cref="Text"/>
    public static Column<TRow> Number(string name, Getter<TRow, double?> get, bool isRequired = false) => new NumberColumn<TRow, double>(name, isRequired, get);

    /// <summary>Writes the row's value as a CSV field; nothing for null.</summary>
    internal abstract void WriteCsv(in TRow row, IBufferWriter<byte> output);

    /// <summary>What gathers and writes the column's values in a Parquet file.</summary>
    internal abstract ParquetColumn<TRow> ForParquet();
}
