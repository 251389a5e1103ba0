using System.IO.Compression;
using System.Text;

namespace OptiBid.Gateway.Tests.Security;

public class CompressionTests
{
    private const string History = "/api/v1/prices/history?zone=PJM&location=A&start=2026-11-22T00:00:00Z&end=2026-11-23T00:00:00Z";

    [Fact]
    public async Task Answer_ToAClientThatTakesIt_IsCompressedWhereItMayBeAndTheSame()
    {
        await using var gateway = await GatewayHost.StartAsync(static history => history.Add(Enumerable.Range(0, 50).Select(static i => Ticks.Tick("A", interval: i))));
        await IsCompressedAsync(gateway, "br", "application/json", "br");
        await IsCompressedAsync(gateway, "gzip", "application/json", "gzip");
        await IsCompressedAsync(gateway, "gzip, br", "application/x-ndjson", "br");
        await IsCompressedAsync(gateway, "gzip, br;q=0", "text/csv", "gzip");
        await IsNotCompressedAsync(gateway, HttpMethod.Get, History, "application/vnd.apache.parquet");
        await IsNotCompressedAsync(gateway, HttpMethod.Get, "/api/v1/stream/real-time", "text/event-stream");
        await IsNotCompressedAsync(gateway, HttpMethod.Get, "/api/v1/admin/connectors", "application/json");

        // It has the connection's token in it.
        await IsNotCompressedAsync(gateway, HttpMethod.Post, "/hubs/prices/negotiate?negotiateVersion=1", "application/json");
    }

    [Fact]
    public async Task Export_BrokenOff_DoesNotLookWholeToAClientThatTakesItCompressed()
    {
        await using var gateway = await GatewayHost.StartAsync(static history => history.Add(Enumerable.Range(0, 50).Select(static i => Ticks.Tick("A", interval: i))));
        gateway.History.BreakAfter = 20;
        await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            using var response = await SendAsync(gateway, HttpMethod.Get, History, "application/x-ndjson", "gzip");
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        });
    }

    private static async Task IsCompressedAsync(GatewayHost gateway, string accepted, string format, string encoding)
    {
        using var plain = await SendAsync(gateway, HttpMethod.Get, History, format, "identity");
        using var compressed = await SendAsync(gateway, HttpMethod.Get, History, format, accepted);
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Equal(encoding, compressed.Content.Headers.ContentEncoding.Single());
        Assert.Equal(format, compressed.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Accept-Encoding", compressed.Headers.Vary);

        var expected = await plain.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var sent = await compressed.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.True(sent.Length * 3 < expected.Length, $"{sent.Length} of {expected.Length} bytes");
        await using Stream body = encoding == "br" ? new BrotliStream(new MemoryStream(sent), CompressionMode.Decompress) : new GZipStream(new MemoryStream(sent), CompressionMode.Decompress);
        using var reader = new StreamReader(body, Encoding.UTF8);
        Assert.Equal(Encoding.UTF8.GetString(expected), await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    private static async Task IsNotCompressedAsync(GatewayHost gateway, HttpMethod method, string path, string format)
    {
        using var response = await SendAsync(gateway, method, path, format, "gzip, br");
        Assert.Equal(format, response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    private static async Task<HttpResponseMessage> SendAsync(GatewayHost gateway, HttpMethod method, string path, string format, string accepted)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Accept", format);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        return await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
