using OptiBid.Gateway.Api.Requests;

namespace OptiBid.Gateway.Api.Paging;

/// <summary>The filters of a call in words, for its cursors: everything but the page's size and place.</summary>
internal static class Fingerprints
{
    /// <param name="values">What the caller gave.</param>
    /// <param name="call">The call.</param>
    /// <param name="except">Further parameters to leave out, because the cursor itself holds them.</param>
    public static string Of(RequestValues values, ApiCall call, params ReadOnlySpan<Parameter> except)
    {
        var words = new List<string>();
        foreach (var parameter in call.Parameters.SelectMany(static parameter => parameter.Leaves))
        {
            if (parameter.Name is "limit" or "cursor" || except.Contains(parameter)) continue;
            var texts = values.Texts(parameter);
            var isName = parameter.Allowed.Count > 0;
            foreach (var text in texts.Select(text => isName ? text.ToUpperInvariant() : text).Order(StringComparer.Ordinal))
                words.Add($"{parameter.Name}={text.Length}:{text}");
        }

        return string.Join('&', words);
    }
}
