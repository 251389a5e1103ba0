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

    /// <summary>A Parquet file, streamed to the end.</summary>
    Parquet,
}

/// <summary>Chooses the format that the caller likes best.</summary>
internal static class ResponseFormats
{
    public const string Json = "application/json";
    public const string NdJson = "application/x-ndjson";
    public const string Csv = "text/csv";

    /// <summary>As registered with IANA.</summary>
    public const string Parquet = "application/vnd.apache.parquet";

    private static readonly (string Type, ResponseFormat Format)[] Offered =
    [
        (Json, ResponseFormat.Json), (NdJson, ResponseFormat.NdJson), (Csv, ResponseFormat.Csv),
        (Parquet, ResponseFormat.Parquet), ("application/x-parquet", ResponseFormat.Parquet),
    ];

    /// <exception cref="ApiProblem">The caller accepts none.</exception>
    public static ResponseFormat Choose(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        if (accepted is not { Count: > 0 }) return ResponseFormat.Json;

        ResponseFormat? best = null;
        var quality = 0.0;
        foreach (var (type, format) in Offered)
        {
            // RFC 9110, 12.5.1: the most specific range that fits a type says its quality.
            var range = accepted.Where(range => Fits(range, type)).MaxBy(Specificity);
            if (range is not null && (range.Quality ?? 1) > quality) (best, quality) = (format, range.Quality ?? 1);
        }

        return best ?? throw ApiProblem.NotAcceptable(request.Headers.Accept, [Json, NdJson, Csv, Parquet]);
    }

    private static bool Fits(MediaTypeHeaderValue range, string type) =>
        range.MatchesAllTypes || new MediaTypeHeaderValue(type).IsSubsetOf(new MediaTypeHeaderValue(range.MediaType));

    private static int Specificity(MediaTypeHeaderValue range) => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2;
}
