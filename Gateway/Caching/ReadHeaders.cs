using Microsoft.Net.Http.Headers;
using OptiBid.Gateway.Security.ApiKeys;

namespace OptiBid.Gateway.Caching;

/// <summary>What an answer that may be read on a condition says to caches on its way: ask before using it again, and for whom it is.</summary>
internal static class ReadHeaders
{
    private static readonly string[] Vary = [HeaderNames.Accept, HeaderNames.AcceptEncoding, HeaderNames.Authorization, PresentedKey.Header];

    public static void Set(HttpResponse response)
    {
        response.Headers.CacheControl = "private, no-cache";
        foreach (var name in Vary.Except(response.Headers.GetCommaSeparatedValues(HeaderNames.Vary), StringComparer.OrdinalIgnoreCase))
            response.Headers.AppendCommaSeparatedValues(HeaderNames.Vary, name);
    }
}
