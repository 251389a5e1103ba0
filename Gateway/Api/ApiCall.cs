using OptiBid.Gateway.Api.Requests;

namespace OptiBid.Gateway.Api;

/// <summary>What a call takes, said beside its handler: the reader and the OpenAPI document go by it.</summary>
/// <param name="Parameters">Parameters of the query string, or fields of the JSON body.</param>
/// <param name="InBody">Whether they stand in the body.</param>
internal sealed record ApiCall(IReadOnlyList<Parameter> Parameters, bool InBody = false)
{
    /// <summary>Example of the body, as JSON.</summary>
    public string? BodyExample { get; init; }

    /// <summary>Example of a successful answer, as JSON.</summary>
    public string? Example { get; init; }

    /// <summary>Other shapes that a successful answer may have as JSON, by what is asked for.</summary>
    public IReadOnlyList<OtherAnswer> OtherAnswers { get; init; } = [];

    /// <summary>Formats besides JSON, and what they hold; null for what cannot be shown.</summary>
    public IReadOnlyDictionary<string, string?> OtherFormats { get; init; } = new Dictionary<string, string?>();

    /// <summary>Statuses a call may be refused with, besides 400.</summary>
    public IReadOnlyList<int> Refusals { get; init; } = [];

    public RequestValues Read(HttpContext context) => QueryReading.Read(context.Request.Query, Parameters);

    /// <summary>What the body says. A call with a body takes nothing in its query string.</summary>
    public Task<RequestValues> ReadBodyAsync(HttpContext context)
    {
        _ = QueryReading.Read(context.Request.Query, []);
        return BodyReading.ReadAsync(context.Request, Parameters);
    }
}

/// <summary>Another shape of a successful answer.</summary>
/// <param name="Name">What is asked for when it comes.</param>
/// <param name="Type">The shape.</param>
/// <param name="Example">An example, as JSON.</param>
internal sealed record OtherAnswer(string Name, Type Type, string Example);
