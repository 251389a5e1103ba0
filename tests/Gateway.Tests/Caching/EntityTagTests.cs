using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Http;
using OptiBid.Gateway.Caching;

namespace OptiBid.Gateway.Tests.Caching;

public sealed class EntityTagTests : IAsyncLifetime
{
    private CachingGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await CachingGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData(CachingGateway.History)]
    [InlineData("/api/v1/analytics/spreads?zone=PJM&location=A&kind=dart&start=2026-11-22T00:00:00Z&end=2026-11-23T00:00:00Z")]
    [InlineData("/api/v1/analytics/storage-value?zone=PJM&location=A&start=2026-11-22T00:00:00Z&end=2026-11-23T00:00:00Z")]
    [InlineData("/api/v1/locations")]
    [InlineData("/openapi/v1.json")]
    public async Task Get_WithTheTagOfWhatHeHas_IsNotModified(string path)
    {
        var first = await _gateway.GetAsync(path);
        Assert.Equal(200, first.Status);
        Assert.StartsWith("W/\"", first.Tag, StringComparison.Ordinal);

        foreach (var known in (string[])[first.Tag!, first.Tag![2..], "\"other\", " + first.Tag, "*"])
        {
            var second = await _gateway.GetAsync(path, known: known);
            Assert.Equal((304, first.Tag, ""), (second.Status, second.Tag, second.Body));
            Assert.Equal(("no-cache, private", "Accept, Accept-Encoding, Authorization, X-Api-Key"), (second.CacheControl, second.Vary));
        }

        foreach (var known in (string[])["\"other\"", "W/\"\"", "nonsense"])
        {
            var second = await _gateway.GetAsync(path, known: known);
            Assert.Equal((200, first.Body), (second.Status, second.Body));
        }
    }

    [Fact]
    public async Task Get_PriceCorrected_HasAnotherTag()
    {
        var first = await _gateway.GetAsync();
        _gateway.Host.History.Add(Ticks.Tick("A", 77, 0, revision: 2));
        _gateway.Tell();
        var second = await _gateway.GetAsync(known: first.Tag);
        Assert.Equal(200, second.Status);
        Assert.NotEqual(first.Tag, second.Tag);
    }

    [Fact]
    public async Task Get_LocationAdded_HasAnotherTag()
    {
        var first = await _gateway.GetAsync("/api/v1/locations");
        _gateway.Host.History.Add(new Grains.Interfaces.MarketLocation(new(Grains.Interfaces.MarketZone.PJM, "Z"), "NEW", Grains.Interfaces.LocationType.Hub));
        Assert.Equal(200, (await _gateway.GetAsync("/api/v1/locations", known: first.Tag)).Status);
    }

    [Fact]
    public async Task Get_Refused_HasNoTag()
    {
        var refused = await _gateway.GetAsync(CachingGateway.History + "&limit=0", known: "*");
        Assert.Equal((400, null), (refused.Status, refused.Tag));
    }

    [Fact]
    public async Task Post_HasNoTag()
    {
        var answer = await _gateway.PostAsync("/api/v1/prices/query", """{"start":"2026-11-22T00:00:00Z","end":"2026-11-23T00:00:00Z"}""");
        Assert.Equal((200, null), (answer.Status, answer.Tag));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Get_Compressed_IsTheSameAnswerUnderTheSameWeakTag(string encoding)
    {
        var plain = await _gateway.GetAsync();
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = _gateway.Host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, CachingGateway.History);
        request.Headers.AcceptEncoding.ParseAdd(encoding);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((encoding, plain.Tag), (response.Content.Headers.ContentEncoding.Single(), response.Headers.ETag?.ToString()));
        Assert.Equal("Accept, Accept-Encoding, Authorization, X-Api-Key", string.Join(", ", response.Headers.Vary));
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using Stream text = encoding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
        using var reader = new StreamReader(text);
        Assert.Equal(plain.Body, await reader.ReadToEndAsync(TestContext.Current.CancellationToken));

        using var again = new HttpRequestMessage(HttpMethod.Get, CachingGateway.History);
        again.Headers.AcceptEncoding.ParseAdd(encoding);
        again.Headers.TryAddWithoutValidation("If-None-Match", plain.Tag);
        using var unchanged = await client.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public void Of_EqualBytes_AreEqualTags()
    {
        Assert.Equal(EntityTag.Of("{}"u8), EntityTag.Of("{}"u8));
        Assert.NotEqual(EntityTag.Of("{}"u8), EntityTag.Of("[]"u8));
    }

    [Fact]
    public void IsKnownTo_OtherMethods_IsFalse()
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.IfNoneMatch = "*";
        foreach (var method in (string[])["POST", "PUT", "DELETE"])
        {
            context.Request.Method = method;
            Assert.False(EntityTag.IsKnownTo(context.Request, EntityTag.Of("{}"u8)));
        }
    }
}
