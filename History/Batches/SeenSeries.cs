using System.Collections.Concurrent;
using OptiBid.Grains.Interfaces;

namespace OptiBid.History.Batches;

/// <summary>
/// Remembers which series this process has seen in <c>market_data_series</c>, so that only the first tick of a
/// series costs a statement. It may forget; to add a series that is there does nothing.
/// </summary>
internal abstract class SeenSeries
{
    private const int Capacity = 1_000_000;

    private readonly ConcurrentDictionary<(LocationId Location, PriceType PriceType), byte> _known = new();

    /// <summary>The batch's series that this process has not registered yet, in an order all writers share (or two could wait for each other).</summary>
    public IReadOnlyList<(LocationId Location, PriceType PriceType)> NewIn(TickBatch batch)
    {
        HashSet<(LocationId, PriceType)>? found = null;
        foreach (ref readonly var tick in batch.Ticks.Span)
        {
            var series = (tick.LocationId, tick.PriceType);
            if (!_known.ContainsKey(series)) _ = (found ??= []).Add(series);
        }

        return found is null ? [] : [.. found
            .OrderBy(series => series.Item1.Zone)
            .ThenBy(series => series.Item1.Location, StringComparer.Ordinal)
            .ThenBy(series => series.Item2)];
    }

    /// <summary>Notes series whose registration has been committed.</summary>
    public void Committed(IReadOnlyList<(LocationId Location, PriceType PriceType)> series)
    {
        if (_known.Count > Capacity) _known.Clear();
        foreach (var one in series) _known[one] = 0;
    }
}
