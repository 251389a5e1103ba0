namespace OptiBid.Gateway.Api.Admin;

/// <summary>Who calls, for the record.</summary>
internal static class Actor
{
    private const int Longest = 200;

    /// <summary>The subject of the caller's token; <c>anonymous</c> without one.</summary>
    public static string Of(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name } ? Readable(name)
        : context.User.Identity is { IsAuthenticated: true } ? "without a name"
        : "anonymous";

    /// <summary>Text of a caller's, in one line.</summary>
    public static string Readable(string text) =>
        string.Concat(text.Take(Longest).Select(static letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter));
}
