namespace OptiBid.Client;

/// <summary>Formats of files.</summary>
public enum ExportFormat
{
    /// <summary>A JSON object a line.</summary>
    NdJson,

    /// <summary>Comma-separated values with a header.</summary>
    Csv,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}

/// <summary>How formats are asked for.</summary>
internal static class ExportFormats
{
    public static string MediaType(this ExportFormat format) => format switch
    {
        ExportFormat.NdJson => "application/x-ndjson",
        ExportFormat.Csv => "text/csv",
        ExportFormat.Parquet => "application/vnd.apache.parquet",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
    };
}
