using System.Text;

namespace OptiBid.History.Batches;

/// <summary>
/// Text that both stores can hold. A zero character ends text in PostgreSQL and in DuckDB's interface; half a surrogate
/// pair is not UTF-8.
/// </summary>
internal static class StorableText
{
    public static bool Is(string? text)
    {
        if (text is null || text.Contains('\0')) return false;
        if (!text.AsSpan().ContainsAnyInRange('\ud800', '\udfff')) return true;

        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }

    /// <summary>The text with what cannot be held replaced by U+FFFD, cut to a length in UTF-16 characters, never within a pair.</summary>
    public static string Make(string text, int length)
    {
        if (text.Length <= length && Is(text)) return text;

        var kept = new StringBuilder(Math.Min(text.Length, length));
        foreach (var rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > length) break;
            _ = kept.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return kept.ToString();
    }
}
