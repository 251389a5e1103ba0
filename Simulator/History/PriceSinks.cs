using OptiBid.History.Export;

namespace OptiBid.Simulator.History;

/// <summary>Opens the sink that the options ask for.</summary>
internal static class PriceSinks
{
    /// <summary>Opens it.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="standardOutput">Opens standard output.</param>
    /// <param name="cancellationToken">To give up.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static async Task<IPriceSink> OpenAsync(HistoryOptions options, Func<Stream> standardOutput, CancellationToken cancellationToken)
    {
        if (options.BootstrapServers is { } servers) return new KafkaSink(servers);
        if (options.Out == "-") return new TextSink(null, standardOutput(), Lines(options.Format));

        var file = new PartialFile(options.Out!);
        return options.Format == HistoryFormat.Parquet
            ? await ParquetSink.CreateAsync(file, ParquetTable<PriceRow>.GroupRows, cancellationToken)
            : new TextSink(file, file.Stream, Lines(options.Format));
    }

    private static ITickLines Lines(HistoryFormat format) => format == HistoryFormat.Csv ? new CsvTickLines() : new JsonTickLines();
}
