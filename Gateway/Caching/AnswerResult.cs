using System.Globalization;
using OptiBid.Gateway.Api.Output;

namespace OptiBid.Gateway.Caching;

/// <summary>An answer on its way to one caller, who may have it already.</summary>
/// <param name="body">The JSON.</param>
/// <param name="tag">Its entity tag.</param>
internal sealed class AnswerResult(ReadOnlyMemory<byte> body, string tag) : IResult
{
    /// <summary>What the cache did, in the words of RFC 9211; null where there is no cache.</summary>
    public string? CacheStatus { get; init; }

    /// <summary>Time since its reading began, of an answer that was kept.</summary>
    public TimeSpan? Age { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        ReadHeaders.Set(response);
        if (CacheStatus is not null) response.Headers["Cache-Status"] = CacheStatus;
        if (Age is { } age) response.Headers.Age = ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture);

        // Conditions are for GET; a query in a body has no address that a caller could keep its answer under.
        if (HttpMethods.IsGet(httpContext.Request.Method)) response.Headers.ETag = tag;
        if (EntityTag.IsKnownTo(httpContext.Request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = ResponseFormats.Json + "; charset=utf-8";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }
}
