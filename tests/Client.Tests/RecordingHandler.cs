using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace OptiBid.Client.Tests;

/// <summary>Notes what is asked for, and refuses it.</summary>
internal sealed class RecordingHandler : HttpMessageHandler
{
    public List<Request> Requests { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string[] names = request.Content is { } body
            ? [.. Fields(JsonNode.Parse(await body.ReadAsStringAsync(cancellationToken))!.AsObject(), "")]
            : [.. request.RequestUri!.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static pair => pair.Split('=')[0])];
        Requests.Add(new(request.Method.Method, request.RequestUri!.AbsolutePath, names));
        return new HttpResponseMessage(HttpStatusCode.BadRequest)
        {
            Content = new StringContent("""{"title":"Refused."}""", Encoding.UTF8, "application/problem+json"),
        };
    }

    private static IEnumerable<string> Fields(JsonObject body, string prefix) => body.SelectMany(
        field => field.Value is JsonObject inner ? Fields(inner, prefix + field.Key + ".") : [prefix + field.Key]);

    /// <summary>A call that was made.</summary>
    public sealed record Request(string Method, string Path, string[] Names);
}
