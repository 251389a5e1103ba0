using System.Globalization;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.Serve.Answers;

/// <summary>How the markets say no.</summary>
internal static class Refusals
{
    /// <summary>CAISO's page for calls that follow each other too fast.</summary>
    public const string Throttle = "<html><body><p>CAISO Acceptable Use Policy Violation. Please retry your request after 5 seconds.</p></body></html>";

    private const string Json = "application/json";
    private const string Html = "text/html";

    /// <summary>Too many calls.</summary>
    public static Answer TooMany(MarketZone zone, int? retryAfter)
    {
        var answer = zone switch
        {
            MarketZone.CAISO => Answer.Text(Html, Throttle, 429),
            MarketZone.NYISO => Page(429, "Too Many Requests"),
            _ => Answer.Text(Json, $$"""{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in {{retryAfter ?? 5}} seconds." }""", 429),
        };
        return retryAfter is { } seconds ? answer with { Headers = [.. answer.Headers, ("Retry-After", seconds.ToString(CultureInfo.InvariantCulture))] } : answer;
    }

    /// <summary>No key, or a wrong one.</summary>
    public static Answer Unauthorized(string message) =>
        Answer.Text(Json, $$"""{ "statusCode": 401, "message": {{JsonText.Quote(message)}} }""", 401) is var answer
            ? answer with { Headers = [.. answer.Headers, ("WWW-Authenticate", "AzureApiManagementKey realm=\"https://api/\",name=\"Ocp-Apim-Subscription-Key\",type=\"header\"")] }
            : answer;

    /// <summary>No such thing, in JSON.</summary>
    public static Answer NotFound() => Answer.Text(Json, """{ "statusCode": 404, "message": "Resource not found" }""", 404);

    /// <summary>No such file.</summary>
    public static Answer NoSuchFile() => Page(404, "Not Found");

    /// <summary>A page that says what went wrong.</summary>
    public static Answer Page(int status, string words) =>
        Answer.Text(Html, $"<!DOCTYPE html>\n<html><head><title>{words}</title></head><body><h1>{words}</h1><p>The page you requested cannot be shown at this time.</p></body></html>", status);
}
