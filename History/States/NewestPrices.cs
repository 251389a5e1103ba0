using OptiBid.Grains.Interfaces;

namespace OptiBid.History.States;

/// <summary>The newest prices of one location, of what its grain last saved and what the history has.</summary>
internal static class NewestPrices
{
    /// <summary>
    /// Brings what was saved up to date. Where the history is ahead, the price is the history's and the
    /// volatility the last one known; the change is known when the saved price is of the interval just before.
    /// </summary>
    public static IEnumerable<PriceUpdate> Merge(IReadOnlyList<PriceTick> stored, PriceUpdate[] saved)
    {
        foreach (var tick in stored)
        {
            var known = Array.FindIndex(saved, update => update.Tick.PriceType == tick.PriceType);
            yield return known < 0 ? new(tick, null, null, null, null) : Newer(tick, saved[known]);
        }

        foreach (var update in saved)
        {
            if (!stored.Any(tick => tick.PriceType == update.Tick.PriceType)) yield return update;
        }
    }

    private static PriceUpdate Newer(in PriceTick stored, in PriceUpdate saved)
    {
        if (stored.Timestamp < saved.Tick.Timestamp) return saved;

        if (stored.Timestamp == saved.Tick.Timestamp)
        {
            if (!stored.IsPublishedAfter(saved.Tick) || stored.HasSameValue(saved.Tick)) return saved;
            return saved with { Tick = stored, Change = saved.Change is { } change ? PriceChange.Shown(change + stored.Price - saved.Tick.Price) : null };
        }

        var follows = saved.Tick.Timestamp.AddMinutes(saved.Tick.IntervalMinutes) == stored.Timestamp;
        return saved with { Tick = stored, Change = follows ? PriceChange.Shown(stored.Price - saved.Tick.Price) : null };
    }
}
