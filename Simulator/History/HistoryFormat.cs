namespace OptiBid.Simulator.History;

/// <summary>How a file of prices is written.</summary>
internal enum HistoryFormat
{
    /// <summary>A header line, then a line a price; what is null is empty.</summary>
    Csv,

    /// <summary>A JSON object a line, as on Kafka.</summary>
    Ndjson,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}
