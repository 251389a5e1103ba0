namespace OptiBid.Streams.Kafka.DeadLetters;

/// <summary>How much of a record a dead letter carries. Whole at first; a topic that refuses it as too large gets ever less.</summary>
/// <param name="ValueBytes">Bytes of the value.</param>
/// <param name="HeaderCount">Headers of the record.</param>
/// <param name="KeyBytes">Bytes of the key.</param>
internal readonly record struct LetterCut(int ValueBytes, int HeaderCount, int KeyBytes)
{
    /// <summary>Below this it is not the value that makes the letter too large.</summary>
    private const int LeastValue = 1024;

    private const int LeastKey = 256;

    public static LetterCut Whole { get; } = new(int.MaxValue, int.MaxValue, int.MaxValue);

    /// <summary>
    /// The next smaller letter: half the value, and so on, then no headers, then the start of the key only, then no
    /// value. What is left then fits any topic that takes records at all.
    /// </summary>
    /// <returns>Null when nothing is left to cut.</returns>
    public LetterCut? Smaller(PoisonRecord record)
    {
        var value = Math.Min(ValueBytes, record.Value?.Length ?? 0);
        if (value > LeastValue) return this with { ValueBytes = value / 2 };
        if (HeaderCount > 0 && record.Headers is { Count: > 0 }) return this with { HeaderCount = 0 };
        if (Math.Min(KeyBytes, record.Key?.Length ?? 0) > LeastKey) return this with { KeyBytes = LeastKey };
        return value > 0 ? this with { ValueBytes = 0 } : null;
    }
}
