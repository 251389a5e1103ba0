using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace OptiBid.Connectors.Feeds;

/// <summary>What kind of body a market really sent, told from its bytes: headers and status lie.</summary>
internal static partial class Payload
{
    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>The body without a byte-order mark; an empty one is an error.</summary>
    public static ReadOnlyMemory<byte> NotEmpty(string feed, ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith(Utf8Mark)) body = body[3..];
        return body.Span.TrimStart(" \t\r\n"u8).IsEmpty
            ? throw new MarketFeedException(feed, "the market answered with an empty body")
            : body;
    }

    /// <summary>True for a zip archive.</summary>
    public static bool IsZip(ReadOnlySpan<byte> body) => body.StartsWith("PK"u8);

    /// <summary>True when the first character that is not white space opens a tag: HTML or XML.</summary>
    public static bool IsMarkup(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8).StartsWith("<"u8);

    /// <summary>True when the body is a JSON object or array.</summary>
    public static bool IsJson(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    /// <summary>Refuses a body that is not valid UTF-8.</summary>
    public static void RequireUtf8(string feed, ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body)) throw new MarketFeedException(feed, "the body is not valid UTF-8 text");
    }

    /// <summary>Refuses markup where data was expected, and quotes what it says.</summary>
    public static void RefuseMarkup(string feed, ReadOnlySpan<byte> body)
    {
        if (IsMarkup(body)) throw new MarketFeedException(feed, $"the market answered with a web page instead of data: \"{Words(body)}\"");
    }

    /// <summary>The readable beginning of a body, tags taken out.</summary>
    public static string Words(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, 4000)]);
        text = Blanks().Replace(Tags().Replace(text, " "), " ").Trim();
        return text.Length <= 160 ? text : text[..160] + "…";
    }

    [GeneratedRegex("<(script|style)[^>]*>.*?</\\1>|<[^>]*>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Tags();

    [GeneratedRegex("[\\s\\p{C}]+")]
    private static partial Regex Blanks();
}
