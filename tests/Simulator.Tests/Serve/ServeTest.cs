using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Simulator.Serve;

namespace OptiBid.Simulator.Tests.Serve;

/// <summary>The served markets in this process on a free port, their clock in the test's hands.</summary>
public abstract class ServeTest : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private ServeHost? _host;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A Tuesday, 12:30 in New York.</summary>
    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 17, 30, 30, TimeSpan.Zero));

    protected string Url => _host!.Url;

    private protected static ServeOptions Few { get; } = new() { Locations = 18, Seed = 3 };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _http.Dispose();
        if (_host is not null) await _host.DisposeAsync();
    }

    private protected async Task StartAsync(ServeOptions? options = null, DateTimeOffset? now = null)
    {
        if (now is { } time) Clock.AdjustTime(time);
        _host = await ServeHost.StartAsync(options ?? Few, Clock, Cancel);
    }

    protected Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path.StartsWith("http", StringComparison.Ordinal) ? path : Url + path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return _http.SendAsync(request, Cancel);
    }

    protected async Task<string> TextAsync(string path)
    {
        using var answer = await GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return text;
    }

    protected async Task<string[]> LinesAsync(string path) => Lines(await TextAsync(path));

    protected async Task<JsonElement> JsonAsync(string path) => JsonDocument.Parse(await TextAsync(path)).RootElement;

    protected async Task<(string Name, string Text)> UnzippedAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.Equal("application/x-zip-compressed", answer.Content.Headers.ContentType?.MediaType);
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(Cancel));
        var entry = Assert.Single(zip.Entries);
        using var reader = new StreamReader(await entry.OpenAsync(Cancel));
        return (entry.FullName, await reader.ReadToEndAsync(Cancel));
    }

    protected Task<HttpResponseMessage> PostAsync(string path, object body) => _http.PostAsJsonAsync(Url + path, body, Cancel);

    protected Task<HttpResponseMessage> PostAsync(string path, HttpContent content) => _http.PostAsync(new Uri(Url + path), content, Cancel);

    protected Task<HttpResponseMessage> DeleteAsync(string path) => _http.DeleteAsync(new Uri(Url + path), Cancel);

    protected async Task FaultAsync(object fault)
    {
        using var answer = await PostAsync("/_control/faults", fault);
        Assert.Equal(201, (int)answer.StatusCode);
    }

    protected async Task<JsonElement[]> PublishedAsync(string query) =>
        [.. (await LinesAsync("/_control/published?" + query)).Select(line => JsonDocument.Parse(line).RootElement)];

    protected static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
