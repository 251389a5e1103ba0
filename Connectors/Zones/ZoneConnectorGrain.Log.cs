using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones;

internal sealed partial class ZoneConnectorGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Reading {Feed} from {Cursor:u}")]
    private partial void Reading(string feed, DateTimeOffset? cursor);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another activation of the {Zone} connector is at work; this one ends")]
    private partial void Superseded(MarketZone zone, Exception error);
}
