namespace OptiBid.Grains.Interfaces.Json;

/// <summary>
/// Hands out one string for equal texts, so that reading a stream of records allocates a location's name
/// once. Bounded: past <c>capacity</c> texts it starts afresh. For one reader at a time.
/// </summary>
/// <param name="capacity">Texts kept at the most.</param>
public sealed class TextPool(int capacity = 100_000)
{
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    /// <summary>The pooled string equal to <paramref name="text"/>.</summary>
    public string Get(ReadOnlySpan<char> text)
    {
        var lookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out var pooled)) return pooled;

        if (_texts.Count >= capacity) _texts.Clear();
        pooled = text.ToString();
        _texts.Add(pooled);
        return pooled;
    }
}
