using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Pjm;

/// <summary>A pricing node as PJM describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type"><c>HUB</c>, <c>ZONE</c>, <c>GEN</c>, <c>LOAD</c> and so on.</param>
/// <param name="Voltage">Voltage, where it is a bus.</param>
/// <param name="Equipment">What it is part of, where it is a bus.</param>
/// <param name="Zone">The transmission zone it lies in, where it is a bus.</param>
internal readonly record struct PjmPnode(string Name, string Type, string? Voltage, string? Equipment, string? Zone)
{
    private static readonly string[] Zones = ["AEP", "BGE", "COMED", "DOM", "PECO", "PEPCO", "PPL", "PSEG", "AECO"];

    /// <summary>A place, which the model names as PJM's one-line diagrams do: station, voltage, equipment.</summary>
    public static PjmPnode Of(ServedPlace place)
    {
        var type = place.Type.ToString().ToUpperInvariant();
        if (place.Type is LocationType.Hub or LocationType.Zone or LocationType.Interface) return new(place.Name, type, null, null, null);

        var parts = place.Name.Split("  ", StringSplitOptions.TrimEntries);
        return new(parts[0], type, parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2), Zones[place.Model.Group % Zones.Length]);
    }
}
