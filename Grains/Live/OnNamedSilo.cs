using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace OptiBid.Grains.Live;

/// <summary>Places a grain on the silo whose parsable address is its key; fails when that silo is not there.</summary>
[GenerateSerializer, Immutable, Alias("optibid.OnNamedSilo")]
internal sealed class OnNamedSilo : PlacementStrategy;

/// <summary>Marks a grain class for <see cref="OnNamedSilo"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnNamedSiloAttribute() : PlacementAttribute(new OnNamedSilo());

/// <summary>The director of <see cref="OnNamedSilo"/>.</summary>
internal sealed class OnNamedSiloDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var key = target.GrainIdentity.Key.ToString() ?? "";
        foreach (var silo in context.GetCompatibleSilos(target))
        {
            if (string.Equals(silo.ToParsableString(), key, StringComparison.Ordinal)) return Task.FromResult(silo);
        }

        throw new OrleansException($"No active silo has the address '{key}'.");
    }
}
