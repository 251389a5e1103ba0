using Microsoft.Net.Http.Headers;
using OptiBid.Gateway.Api.Problems;

namespace OptiBid.Gateway.Api.Output;

/// <summary>The formats that history comes in.</summary>
internal enum ResponseFormat
{
    /// <summary>A page.</summary>
    Json,

    /// <summary>A line a price, streamed to the end.</summary>
    NdJson,

    /// <summary>A header and a row a price, streamed to the end.</summary>
    Csv,
}

/// <summary>Chooses the format that the caller likes best.</summary>
internal static class ResponseFormats
{
    public const string Json = "application/json";
    public const string NdJson = "application/x-ndjson";
    public const string Csv = "text/csv";

    private static readonly string[] Offered = [Json, NdJson, Csv];

    /// <exception cref="ApiProblem">The caller accepts none.</exception>
    public static ResponseFormat Choose(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        if (accepted is not { Count: > 0 }) return ResponseFormat.Json;

        var best = -1;
        var quality = 0.0;
        for (var i = 0; i < Offered.Length; i++)
        {
            // RFC 9110, 12.5.1: the most specific range that fits a type says its quality.
            var range = accepted.Where(range => Fits(range, Offered[i])).MaxBy(Specificity);
            if (range is not null && (range.Quality ?? 1) > quality) (best, quality) = (i, range.Quality ?? 1);
        }

        return best >= 0 ? (ResponseFormat)best : throw ApiProblem.NotAcceptable(request.Headers.Accept, Offered);
    }

    private static bool Fits(MediaTypeHeaderValue range, string type) =>
        range.MatchesAllTypes || new MediaTypeHeaderValue(type).IsSubsetOf(new MediaTypeHeaderValue(range.MediaType));

    private static int Specificity(MediaTypeHeaderValue range) => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2;
}
