using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Admin;

/// <summary>The connectors of the cluster.</summary>
internal interface IZoneConnectors
{
    /// <summary>A zone's connector, whether it reads anything or not.</summary>
    IZoneConnectorGrain Of(MarketZone zone);
}

/// <summary>Those that are grains.</summary>
internal sealed class GrainConnectors(IGrainFactory grains) : IZoneConnectors
{
    public IZoneConnectorGrain Of(MarketZone zone) => grains.GetGrain<IZoneConnectorGrain>(zone.Name());
}
