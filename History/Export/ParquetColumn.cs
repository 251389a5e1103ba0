using Parquet;
using Parquet.Schema;

namespace OptiBid.History.Export;

/// <summary>Gathers a column's values of one row group, and writes them.</summary>
internal abstract class ParquetColumn<TRow>(DataField field)
{
    public DataField Field { get; } = field;

    /// <summary>Whether its numbers are microseconds since 1970.</summary>
    public bool IsTime { get; init; }

    /// <summary>Whether it is text.</summary>
    public bool IsText { get; init; }

    /// <summary>Takes the row's value.</summary>
    public abstract void Add(in TRow row);

    /// <summary>Writes what was gathered, and begins anew.</summary>
    public abstract Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken);
}

/// <summary>The same of one type. The buffers grow to the size of a group and serve all groups.</summary>
internal sealed class ParquetColumn<TRow, T>(DataField field, Getter<TRow, T?> get) : ParquetColumn<TRow>(field)
    where T : struct
{
    private const int FirstRows = 256;

    // Values that are there, and for every row whether its is: 1 or 0, the definition level of a flat column.
    private T[] _values = new T[FirstRows];
    private int[] _levels = field.IsNullable ? new int[FirstRows] : [];
    private int _valueCount;
    private int _rowCount;

    public override void Add(in TRow row)
    {
        var value = get(row);
        if (Field.IsNullable)
        {
            if (_rowCount == _levels.Length) Array.Resize(ref _levels, _rowCount * 2);
            _levels[_rowCount] = value.HasValue ? 1 : 0;
        }

        _rowCount++;
        if (value is { } present)
        {
            if (_valueCount == _values.Length) Array.Resize(ref _values, _valueCount * 2);
            _values[_valueCount++] = present;
        }
        else if (!Field.IsNullable)
        {
            throw new InvalidDataException($"A row has no {Field.Name}.");
        }
    }

    public override async Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken)
    {
        var levels = Field.IsNullable ? _levels.AsMemory(0, _rowCount) : (ReadOnlyMemory<int>?)null;
        await group.WriteAllPartsAsync<T>(Field, _values.AsMemory(0, _valueCount), levels, null, cancellationToken);
        (_valueCount, _rowCount) = (0, 0);
    }
}
