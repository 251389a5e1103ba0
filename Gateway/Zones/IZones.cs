using OptiBid.Gateway.Api.Admin;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Zones;

/// <summary>What the cluster knows of zones as a whole. It is asked for a moment only: what is not answered by then is not known.</summary>
internal interface IZones
{
    /// <summary>A zone's feeds; null when the zone does not answer.</summary>
    Task<ZoneQuality?> GetQualityAsync(MarketZone zone);

    /// <summary>What its connector is doing; null when it does not answer.</summary>
    Task<ConnectorStatus?> GetConnectorAsync(MarketZone zone);
}

/// <summary>Those that are grains.</summary>
internal sealed partial class GrainZones(IGrainFactory grains, IZoneConnectors connectors, TimeProvider clock, ILogger<GrainZones> log) : IZones
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public Task<ZoneQuality?> GetQualityAsync(MarketZone zone) => AskAsync(zone, () => grains.GetGrain<IZoneGrain>(zone.Name()).GetQualityAsync());

    public Task<ConnectorStatus?> GetConnectorAsync(MarketZone zone) => AskAsync(zone, () => connectors.Of(zone).GetStatusAsync());

    private async Task<T?> AskAsync<T>(MarketZone zone, Func<Task<T>> ask) where T : class
    {
        try
        {
            return await ask().WaitAsync(Patience, clock);
        }
        catch (Exception error)
        {
            // Whatever keeps the cluster from answering, the answer goes out without it.
            LogSilent(zone, error.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Debug, "Zone {Zone} could not be asked: {Reason}")]
    private partial void LogSilent(MarketZone zone, string reason);
}
