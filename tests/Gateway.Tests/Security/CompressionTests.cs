using System.IO.Compression;
using System.Text;

namespace OptiBid.Gateway.Tests.Security;

public class CompressionTests
{
    private const string Query = "?zone=PJM&location=A&start=2026-11-22T00:00:00Z&end=2026-11-23T00:00:00Z";

    [Theory]
    [InlineData("br", "application/json")]
    [InlineData("gzip", "application/json")]
    [InlineData("gzip, br", "application/x-ndjson")]
    [InlineData("gzip;q=1, br;q=0", "text/csv")]
    public async Task Answer_ToAClientThatTakesIt_IsCompressedAndTheSame(string accepted, string format)
    {
        await using var gateway = await GatewayHost.StartAsync(static history => history.Add(Enumerable.Range(0, 50).Select(static i => Ticks.Tick("A", interval: i))));
        using var plain = await GetAsync(gateway, "/api/v1/prices/history" + Query, format, "identity");
        using var compressed = await GetAsync(gateway, "/api/v1/prices/history" + Query, format, accepted);
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        var encoding = accepted.Contains("br", StringComparison.Ordinal) && !accepted.Contains("q=0", StringComparison.Ordinal) ? "br" : "gzip";
        Assert.Equal(encoding, compressed.Content.Headers.ContentEncoding.Single());
        Assert.Contains("Accept-Encoding", compressed.Headers.Vary);

        var expected = await plain.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var sent = await compressed.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.True(sent.Length * 3 < expected.Length, $"{sent.Length} of {expected.Length} bytes");
        await using Stream body = encoding == "br" ? new BrotliStream(new MemoryStream(sent), CompressionMode.Decompress) : new GZipStream(new MemoryStream(sent), CompressionMode.Decompress);
        using var reader = new StreamReader(body, Encoding.UTF8);
        Assert.Equal(Encoding.UTF8.GetString(expected), await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/api/v1/prices/history" + Query, "application/vnd.apache.parquet")]
    [InlineData("/api/v1/stream/real-time", "text/event-stream")]
    [InlineData("/api/v1/admin/connectors", "application/json")]
    public async Task Answer_NotToBeCompressed_IsSentAsItIs(string path, string format)
    {
        await using var gateway = await GatewayHost.StartAsync(static history => history.Add(Ticks.Tick("A")));
        using var response = await GetAsync(gateway, path, format, "gzip, br");
        Assert.Equal(format, response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Negotiation_WithAConnectionsToken_IsNotCompressed()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hubs/prices/negotiate?negotiateVersion=1");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, br");
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains("connectionToken", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    private static Task<HttpResponseMessage> GetAsync(GatewayHost gateway, string path, string format, string accepted)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", format);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        return gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
