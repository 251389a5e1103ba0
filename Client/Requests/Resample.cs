namespace OptiBid.Client.Requests;

/// <summary>How prices are gathered into larger intervals.</summary>
/// <param name="Every">The intervals' length: <c>5m</c>, <c>1h</c>, <c>1d</c>, <c>1w</c>, <c>1mo</c>, or as in ISO 8601 <c>PT15M</c>.</param>
public sealed record Resample(string Every)
{
    /// <summary>What is wanted of each: <c>average</c>, <c>min</c>, <c>max</c>, <c>first</c>, <c>last</c>, <c>standard_deviation</c>; null for all.</summary>
    public IReadOnlyList<string>? Aggregates { get; init; }

    /// <summary><c>none</c> leaves an interval without a price out, <c>null</c> gives it without values.</summary>
    public string? Fill { get; init; }
}
