using DuckDB.NET.Data;

namespace OptiBid.History.Duck;

/// <summary>Reads a blob; the driver gives a stream over memory that is gone with the row.</summary>
internal static class DuckBlob
{
    public static byte[] Read(DuckDBDataReader row, int column)
    {
        using var stream = row.GetStream(column);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
