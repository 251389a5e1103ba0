using System.Text;
using System.Text.Json;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Output;

/// <summary>Writes prices as they come from the history, as NDJSON or CSV; never holds more than a few of them.</summary>
internal sealed partial class PriceStreamResult(IAsyncEnumerator<PriceView> prices, bool hasFirst, ResponseFormat format) : IResult
{
    private const int FlushBytes = 32 * 1024;

    /// <summary>Reads the first price, so that what is wrong with the query or the history is still said with a status.</summary>
    public static async Task<PriceStreamResult> StartAsync(IAsyncEnumerable<PriceView> prices, ResponseFormat format, CancellationToken cancellationToken)
    {
        var enumerator = prices.GetAsyncEnumerator(cancellationToken);
        try
        {
            return new PriceStreamResult(enumerator, await enumerator.MoveNextAsync(), format);
        }
        catch
        {
            await enumerator.DisposeAsync();
            throw;
        }
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using (prices)
        {
            try
            {
                if (format == ResponseFormat.Csv) await WriteCsvAsync(httpContext);
                else await WriteNdJsonAsync(httpContext);
            }
            catch (HistoryUnavailableException error)
            {
                // The status is out; a broken connection is the only way left to say that rows are missing.
                LogBroken(httpContext.RequestServices.GetRequiredService<ILogger<PriceStreamResult>>(), error.Message);
                httpContext.Abort();
            }
            catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
            {
            }
        }
    }

    private async Task WriteNdJsonAsync(HttpContext context)
    {
        context.Response.ContentType = ResponseFormats.NdJson;
        var output = context.Response.BodyWriter;
        using var json = new Utf8JsonWriter(output);
        for (var more = hasFirst; more; more = await prices.MoveNextAsync())
        {
            json.Reset(output);
            JsonSerializer.Serialize(json, prices.Current, ApiJson.Default.PriceView);
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
        var row = new StringBuilder(PriceCsv.Header);
        for (var more = hasFirst; more; more = await prices.MoveNextAsync())
        {
            PriceCsv.AppendRow(row, prices.Current);
            if (row.Length < FlushBytes) continue;
            await FlushAsync(row);
        }

        await FlushAsync(row);

        async Task FlushAsync(StringBuilder text)
        {
            foreach (var chunk in text.GetChunks()) _ = Encoding.UTF8.GetBytes(chunk.Span, output);
            _ = text.Clear();
            _ = await output.FlushAsync(context.RequestAborted);
        }
    }

    [LoggerMessage(LogLevel.Warning, "An export broke off because the history went away: {Reason}")]
    private static partial void LogBroken(ILogger log, string reason);
}
