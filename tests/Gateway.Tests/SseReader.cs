using System.Text;

namespace OptiBid.Gateway.Tests;

/// <summary>Reads server-sent events the way a browser does; comments come as events without a name.</summary>
internal sealed class SseReader(HttpResponseMessage response, Stream body) : IDisposable
{
    private readonly StreamReader _reader = new(body, Encoding.UTF8);

    public static async Task<SseReader> OpenAsync(HttpClient http, string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new SseReader(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    public async Task<SseEvent> ReadAsync()
    {
        var read = new SseEvent("", null, "");
        while (true)
        {
            var line = await _reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask()
                .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken) ?? throw new EndOfStreamException();
            if (line.Length == 0) return read;
            if (line.StartsWith(':')) read = read with { Data = line };
            else if (line.StartsWith("event: ")) read = read with { Name = line[7..] };
            else if (line.StartsWith("id: ")) read = read with { Id = line[4..] };
            else if (line.StartsWith("data: ")) read = read with { Data = line[6..] };
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        response.Dispose();
    }
}

internal sealed record SseEvent(string Name, string? Id, string Data);
