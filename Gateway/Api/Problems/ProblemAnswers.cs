using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Problems;

/// <summary>Turns what a handler throws into a problem document that tells nothing of the inside.</summary>
internal sealed partial class ProblemAnswers(ILogger<ProblemAnswers> log) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ApiProblem problem)
        {
            return Answer(problem, context.HttpContext);
        }
        catch (HistoryTooMuchException error)
        {
            return Answer(ApiProblem.TooManyPrices(error.Prices, error.Most), context.HttpContext);
        }
        catch (HistoryUnavailableException error)
        {
            LogHistory(error.Message);
            return Answer(ApiProblem.HistoryUnavailable(), context.HttpContext);
        }
        catch (Exception error) when (error is OrleansException or TimeoutException or Orleans.Runtime.OrleansMessageRejectionException)
        {
            LogCluster(error.Message);
            return Answer(ApiProblem.ClusterUnavailable(), context.HttpContext);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Answer(ApiProblem.BodyTooLarge(Security.RequestLimits.MaxBodyBytes), context.HttpContext);
        }
    }

    public static ProblemHttpResult Answer(ApiProblem problem, HttpContext context)
    {
        if (problem.RetryAfter is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString();
        var details = new ProblemDetails
        {
            Status = problem.Status,
            Type = problem.Type,
            Title = problem.Title,
            Detail = problem.Message,
        };
        if (problem.Field is { } field) details.Extensions["field"] = field;
        if (problem.Value is { } value) details.Extensions["value"] = value;
        foreach (var (name, number) in problem.Numbers) details.Extensions[name] = number;
        return TypedResults.Problem(details);
    }

    [LoggerMessage(LogLevel.Warning, "A call was answered with 503 because the history does not answer: {Reason}")]
    private partial void LogHistory(string reason);

    [LoggerMessage(LogLevel.Warning, "A call was answered with 503 because a location does not answer: {Reason}")]
    private partial void LogCluster(string reason);
}
