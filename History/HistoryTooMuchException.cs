namespace OptiBid.History;

/// <summary>A query would have to read more prices than <c>History:MostPricesRead</c> allows; nothing was read.</summary>
/// <param name="prices">Prices it may have to read, at the most.</param>
/// <param name="most">Prices one query may read.</param>
public sealed class HistoryTooMuchException(long prices, long most)
    : Exception($"The query may have to read {prices} prices; one query may read {most}. Ask for a shorter time, fewer locations or fewer price types.")
{
    /// <summary>Prices the query may have to read, at the most.</summary>
    public long Prices { get; } = prices;

    /// <summary>Prices one query may read.</summary>
    public long Most { get; } = most;
}
