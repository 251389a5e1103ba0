using OptiBid.Grains.Interfaces;

namespace OptiBid.History.States;

/// <summary>States to be saved in one statement: the newest of each location once.</summary>
internal static class StateBatch
{
    public static IReadOnlyCollection<LocationState> NewestOfEach(IReadOnlyCollection<LocationState> states)
    {
        var newest = new Dictionary<LocationId, LocationState>(states.Count);
        foreach (var state in states)
        {
            if (!newest.TryGetValue(state.Location, out var other) || other.SavedAt < state.SavedAt) newest[state.Location] = state;
        }

        return newest.Values;
    }
}
