using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OptiBid.Client.Models;

namespace OptiBid.Client;

/// <summary>The gateway refused a call, or could not answer it.</summary>
/// <param name="status">The answer's status.</param>
/// <param name="problem">What the gateway says of it (RFC 9457).</param>
public sealed class OptiBidException(HttpStatusCode status, Problem problem)
    : Exception($"{(int)status} {problem.Title}{(problem.Detail is { } detail ? " " + detail : "")}")
{
    /// <summary>The answer's status.</summary>
    public HttpStatusCode Status => status;

    /// <summary>What the gateway says of it.</summary>
    public Problem Problem => problem;

    /// <summary>When to try again, where the gateway says so (429, 503).</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>True where the same call may succeed later: too many calls, or something the gateway needs is away.</summary>
    public bool IsTransient => status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;

    internal static async Task<OptiBidException> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Problem? problem = null;
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            try
            {
                problem = await response.Content.ReadFromJsonAsync(ClientJson.Default.Problem, cancellationToken);
            }
            catch (JsonException)
            {
                // The status says enough.
            }
        }

        return new OptiBidException(response.StatusCode, problem ?? new Problem { Title = response.ReasonPhrase })
        {
            RetryAfter = response.Headers.RetryAfter?.Delta,
        };
    }
}
