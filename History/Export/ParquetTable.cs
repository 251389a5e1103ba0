using System.Runtime.CompilerServices;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace OptiBid.History.Export;

/// <summary>
/// Rows as a Parquet file, in row groups of bounded size, written as they come; the file's index is written last, so
/// a file that was broken off cannot be read as if it were whole. Text is compressed by a dictionary, everything by Snappy.
/// </summary>
public sealed class ParquetTable<TRow>
{
    /// <summary>Rows of a group: some fifteen megabytes in memory.</summary>
    public const int GroupRows = 50_000;

    private readonly ParquetColumn<TRow>[] _columns;
    private readonly ParquetWriter _writer;
    private readonly int _groupRows;
    private int _rows;
    private bool _hasGroup;

    private ParquetTable(ParquetColumn<TRow>[] columns, ParquetWriter writer, int groupRows) =>
        (_columns, _writer, _groupRows) = (columns, writer, groupRows);

    /// <summary>Starts a file.</summary>
    /// <param name="output">Where it goes; need not be able to seek. Is written asynchronously, but for calls of Flush.</param>
    /// <param name="columns">The row's columns.</param>
    /// <param name="groupRows">Rows of a group.</param>
    /// <param name="cancellationToken">To give up.</param>
    public static async Task<ParquetTable<TRow>> StartAsync(
        Stream output, IReadOnlyList<Column<TRow>> columns, int groupRows = GroupRows, CancellationToken cancellationToken = default)
    {
        ParquetColumn<TRow>[] parquet = [.. columns.Select(static column => column.ForParquet())];
        var options = new ParquetOptions();
        foreach (var column in parquet.Where(static column => column.IsText)) options.ColumnEncodingHints[column.Field.Name] = EncodingHint.Dictionary;
        var schema = new ParquetSchema([.. parquet.Select(static column => column.Field)]);
        return new(parquet, await ParquetWriter.CreateAsync(schema, output, options, cancellationToken: cancellationToken), groupRows);
    }

    /// <summary>Takes a row, and writes the group when it is full.</summary>
    public ValueTask AddAsync(in TRow row, CancellationToken cancellationToken)
    {
        foreach (var column in _columns) column.Add(row);
        return ++_rows < _groupRows ? ValueTask.CompletedTask : new(WriteGroupAsync(cancellationToken));
    }

    /// <summary>Writes what is left and the index. A table without rows has one group without rows.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_rows > 0 || !_hasGroup) await WriteGroupAsync(cancellationToken);
        await _writer.DisposeAsync();
    }

    private async Task WriteGroupAsync(CancellationToken cancellationToken)
    {
        using var group = _writer.CreateRowGroup();
        if (!_hasGroup) NameTimes(group);
        _hasGroup = true;
        foreach (var column in _columns)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await column.WriteAsync(group, cancellationToken);
        }

        group.CompleteValidate();
        _rows = 0;
    }

    // Parquet.Net writes the least and greatest of a DateTime column in milliseconds whatever its unit is (its issue
    // 769), and readers that skip groups by them find no row. So times are written as whole numbers, which it does
    // right, and called what they are in the file's own schema.
    private void NameTimes(ParquetRowGroupWriter group)
    {
        var elements = Elements(group);
        for (var i = 0; i < _columns.Length; i++)
        {
            if (!_columns[i].IsTime) continue;
            elements[i].LogicalType = new() { TIMESTAMP = new() { IsAdjustedToUTC = true, Unit = new() { MICROS = new() } } };
            elements[i].ConvertedType = ConvertedType.TIMESTAMP_MICROS;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_thschema")]
    private static extern ref SchemaElement[] Elements(ParquetRowGroupWriter group);
}
