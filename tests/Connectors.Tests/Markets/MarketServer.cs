using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OptiBid.Connectors.Tests.Markets;

/// <summary>A market's HTTP interface on loopback: answers by path, remembers what it was asked.</summary>
public sealed class MarketServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Func<HttpRequest, Reply>> _answers = new();

    private MarketServer(WebApplication app) => _app = app;

    public string Url { get; private set; } = "";

    public ConcurrentQueue<Asked> Requests { get; } = new();

    public static async Task<MarketServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new MarketServer(builder.Build());
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync();
        server.Url = server._app.Urls.Single();
        return server;
    }

    public MarketServer On(string path, Func<HttpRequest, Reply> answer)
    {
        _answers[path] = answer;
        return this;
    }

    public MarketServer On(string path, string body, int status = 200) => On(path, _ => Reply.Text(body, status));

    public MarketServer On(string path, byte[] body) => On(path, _ => new Reply(body));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var form = request.HasFormContentType ? (await request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString()) : [];
        Requests.Enqueue(new Asked(
            request.Path.Value!,
            request.Query.ToDictionary(part => part.Key, part => part.Value.ToString()),
            request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()),
            form));
        var reply = _answers.TryGetValue(request.Path.Value!, out var answer) ? answer(request) : Reply.Text("no such path", 404);
        context.Response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers) context.Response.Headers[name] = value;
        await context.Response.Body.WriteAsync(reply.Body);
    }

    public sealed record Asked(string Path, Dictionary<string, string> Query, Dictionary<string, string> Headers, Dictionary<string, string> Form);

    public sealed record Reply(byte[] Body, int Status = 200)
    {
        public Dictionary<string, string> Headers { get; init; } = [];

        public static Reply Text(string text, int status = 200) => new(Encoding.UTF8.GetBytes(text), status);
    }
}
