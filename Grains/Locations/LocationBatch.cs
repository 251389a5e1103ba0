using System.Runtime.InteropServices;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Locations;

/// <summary>A batch of ticks sorted by location, each location's in the order they came.</summary>
/// <param name="Ticks">All ticks, one location after the other.</param>
/// <param name="Kinds">Room for how each was taken.</param>
/// <param name="Locations">Where each location's ticks start, and how many they are.</param>
internal readonly record struct LocationBatch(PriceTick[] Ticks, TickKind[] Kinds, List<(int Start, int Count)> Locations)
{
    /// <summary>Groups by counting: two passes, one array, no list per location.</summary>
    public static LocationBatch Group(ReadOnlySpan<PriceTick> ticks)
    {
        var groups = new Dictionary<LocationId, int>();
        var groupOf = new int[ticks.Length];
        var locations = new List<(int Start, int Count)>();
        for (var i = 0; i < ticks.Length; i++)
        {
            ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, ticks[i].LocationId, out var known);
            if (!known)
            {
                group = locations.Count;
                locations.Add(default);
            }

            groupOf[i] = group;
            var (start, count) = locations[group];
            locations[group] = (start, count + 1);
        }

        var next = new int[locations.Count];
        for (int group = 0, start = 0; group < next.Length; group++)
        {
            next[group] = start;
            locations[group] = (start, locations[group].Count);
            start += locations[group].Count;
        }

        var sorted = new PriceTick[ticks.Length];
        for (var i = 0; i < ticks.Length; i++) sorted[next[groupOf[i]]++] = ticks[i];
        return new LocationBatch(sorted, new TickKind[ticks.Length], locations);
    }
}
