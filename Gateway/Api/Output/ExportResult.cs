using System.Text.Json;
using OptiBid.Gateway.Api.Prices;
using OptiBid.Gateway.Audit;
using OptiBid.History;
using OptiBid.History.Export;

namespace OptiBid.Gateway.Api.Output;

/// <summary>
/// Writes rows as they come from the history, as NDJSON, CSV or Parquet; never holds more than a few of them, or a
/// row group. The client's pace is the history's: nothing is read ahead of what he takes.
/// </summary>
internal sealed class ExportResult<TRow, TView>(IAsyncEnumerator<TRow> rows, bool hasFirst, IRowKind<TRow, TView> kind, ResponseFormat format) : IResult
{
    private const int FlushBytes = 32 * 1024;

    private long _written;

    /// <summary>Reads the first row, so that what is wrong with the query or the history is still said with a status.</summary>
    public static async Task<IResult> StartAsync(
        IAsyncEnumerable<TRow> rows, IRowKind<TRow, TView> kind, ResponseFormat format, CancellationToken cancellationToken)
    {
        var enumerator = rows.GetAsyncEnumerator(cancellationToken);
        try
        {
            return new ExportResult<TRow, TView>(enumerator, await enumerator.MoveNextAsync(), kind, format);
        }
        catch
        {
            await enumerator.DisposeAsync();
            throw;
        }
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using (rows)
        {
            var trail = httpContext.Features.Get<ExportTrail>();
            try
            {
                await (format switch
                {
                    ResponseFormat.Csv => WriteCsvAsync(httpContext),
                    ResponseFormat.Parquet => WriteParquetAsync(httpContext),
                    _ => WriteNdJsonAsync(httpContext),
                });
                trail?.Ended = httpContext.RequestAborted.IsCancellationRequested ? "aborted" : "complete";
            }
            catch (Exception error) when (error is HistoryUnavailableException or HistoryTooMuchException)
            {
                // The status is out; a broken connection is the only way left to say that rows are missing.
                ExportLog.Broken(httpContext.RequestServices.GetRequiredService<ILogger<IResult>>(), error.Message);
                trail?.Ended = "broken";
                httpContext.Abort();
            }
            catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
            {
                trail?.Ended = "aborted";
            }
            finally
            {
                trail?.Rows = _written;
            }
        }
    }

    // The row before has been written when the next is asked for.
    private ValueTask<bool> NextAsync()
    {
        _written++;
        return rows.MoveNextAsync();
    }

    private async Task WriteNdJsonAsync(HttpContext context)
    {
        context.Response.ContentType = ResponseFormats.NdJson;
        var output = context.Response.BodyWriter;
        using var json = new Utf8JsonWriter(output);
        for (var more = hasFirst; more; more = await NextAsync())
        {
            json.Reset(output);
            JsonSerializer.Serialize(json, kind.ViewOf(rows.Current), kind.Json);
            output.GetSpan(1)[0] = (byte)'\n';
            output.Advance(1);
            if (output.UnflushedBytes >= FlushBytes) _ = await output.FlushAsync(context.RequestAborted);
        }

        _ = await output.FlushAsync(context.RequestAborted);
    }

    private async Task WriteCsvAsync(HttpContext context)
    {
        context.Response.ContentType = ResponseFormats.Csv + "; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=prices.csv";
        var output = context.Response.BodyWriter;
        var table = new CsvTable<TRow>(kind.Columns);
        table.WriteHeader(output);
        for (var more = hasFirst; more; more = await NextAsync())
        {
            table.Write(rows.Current, output);
            if (output.UnflushedBytes >= FlushBytes) _ = await output.FlushAsync(context.RequestAborted);
        }

        _ = await output.FlushAsync(context.RequestAborted);
    }

    private async Task WriteParquetAsync(HttpContext context)
    {
        context.Response.ContentType = ResponseFormats.Parquet;
        context.Response.Headers.ContentDisposition = "attachment; filename=prices.parquet";
        await using var output = new PipeStream(context.Response.BodyWriter, FlushBytes);
        var table = await ParquetTable<TRow>.StartAsync(output, kind.Columns, cancellationToken: context.RequestAborted);
        for (var more = hasFirst; more; more = await NextAsync()) await table.AddAsync(rows.Current, context.RequestAborted);
        await table.CompleteAsync(context.RequestAborted);
        await output.FlushAsync(context.RequestAborted);
    }
}
